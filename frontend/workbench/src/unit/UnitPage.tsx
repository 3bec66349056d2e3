import { useMemo } from 'react';
import { PluginSlot } from '@openedx/frontend-plugin-framework';
import { Badge, Button } from '@openedx/paragon';
import { useParams } from 'react-router-dom';

import { useSync, useUnit, type UnitBlock } from '../data';
import { Loaded, Page } from '../Page';
import { UnitSidebar, UnitSidebarPagesProvider } from './UnitSidebar';

const Block = ({ block }: { block: UnitBlock }) => {
  const sync = useSync(block.blockId);
  return (
    <section className="bg-white border rounded p-3 mb-2">
      <h2 className="h4">{block.name}</h2>
      <div className="small text-gray-700 mb-2">{block.blockType}</div>
      {block.upstreamLink && <Badge variant="light">from a library</Badge>}
      {block.upstreamLink?.readyToSync && (
        <>
          <Badge variant="warning" className="ml-2">update available</Badge>
          <Button size="sm" variant="outline-primary" className="ml-2" aria-label={`Update ${block.name}`} onClick={() => sync.mutate()}>
            Update
          </Button>
        </>
      )}
    </section>
  );
};

interface UnitSidebarSlotProps {
  courseId: string;
  blockId: string;
  unitTitle: string;
  blocks: UnitBlock[];
}

const UnitSidebarSlot = ({
  courseId, blockId, unitTitle, blocks,
}: UnitSidebarSlotProps) => {
  // What Studio hands to plugins.
  const pluginProps = useMemo(() => ({
    blockId,
    courseId,
    unitTitle,
    xBlocks: blocks.map(({ blockId: id, ...block }) => ({ id, ...block })),
    readOnly: false,
    isUnitVerticalType: true,
    isSplitTestType: false,
  }), [courseId, blockId, unitTitle, blocks]);
  return (
    <UnitSidebarPagesProvider>
      <PluginSlot id="org.openedx.frontend.authoring.course_unit_sidebar.v2" pluginProps={pluginProps}>
        <UnitSidebar />
      </PluginSlot>
    </UnitSidebarPagesProvider>
  );
};

/** A unit of a course, with the slot that Studio has there. */
export const UnitPage = () => {
  const { courseId = '', blockId = '' } = useParams();
  const unit = useUnit(blockId);
  const [org, number] = courseId.replace('course-v1:', '').split('+');
  return (
    <Page
      context={{
        title: 'Baking your first loaf', org, number, link: '/home',
      }}
    >
      <Loaded query={unit}>
        {({ displayName, children }) => (
          <>
            <h1 className="h2 mb-3">{displayName}</h1>
            <div className="unit">
              <div className="unit-blocks">
                {children.map((block) => <Block key={block.blockId} block={block} />)}
              </div>
              <div className="unit-side">
                <UnitSidebarSlot courseId={courseId} blockId={blockId} unitTitle={displayName} blocks={children} />
              </div>
            </div>
          </>
        )}
      </Loaded>
    </Page>
  );
};
