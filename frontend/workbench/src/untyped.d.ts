/** Packages that come without types; this is what we use of them. */

declare module '@edx/frontend-component-header' {
  import type { ComponentType } from 'react';

  const Header: ComponentType;
  export default Header;
  export const messages: object[];
  export const StudioHeader: ComponentType<{
    title?: string;
    org?: string;
    number?: string;
    isHiddenMainMenu?: boolean;
    mainMenuDropdowns?: object[];
    outlineLink?: string;
    containerProps?: object;
    isNewHomePage?: boolean;
  }>;
}

declare module '*.svg';
declare module '*.scss';
