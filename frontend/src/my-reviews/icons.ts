import {
  Extension, HelpOutline, TextFields, VideoCamera, ViewCarousel, ViewDay, WidthWide,
} from '@openedx/paragon/icons';

const ICONS: Record<string, typeof Extension> = {
  html: TextFields,
  problem: HelpOutline,
  video: VideoCamera,
  unit: ViewDay,
  subsection: WidthWide,
  section: ViewCarousel,
};

/** The icon that Studio has for this type. */
export const iconOf = (blockType: string) => ICONS[blockType] ?? Extension;
