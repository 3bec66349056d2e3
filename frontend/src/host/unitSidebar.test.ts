import { mergeConfig } from '@edx/frontend-platform';

import { isLibraryItem, libraryKeyOf, loadUnitSidebarPages } from './studio';

jest.mock('CourseAuthoring/course-unit/unit-sidebar/UnitSidebarPagesContext', () => ({
  UnitSidebarPagesContext: 'the context',
}), { virtual: true });

it('takes a sidebar for one with pages, where nothing is said of its design', async () => {
  expect(await loadUnitSidebarPages()).toBe('the context');
});

it.each([
  ['true', 'the context'],
  [true, 'the context'],
  ['false', undefined],
  [false, undefined],
])('takes a sidebar for one with pages, where the new design is set to %s: %s', async (isNew, context) => {
  mergeConfig({ ENABLE_UNIT_PAGE_NEW_DESIGN: isNew });
  expect(await loadUnitSidebarPages()).toBe(context);
});

it.each([
  ['lb:Test:Bread:html:salt', true],
  ['lct:Test:Bread:unit:dough', true],
  ['block-v1:Test+C+1+type@html+block@x', false],
  ['library-v1:Test+Bread', false],
  [null, false],
  [undefined, false],
])('takes %s for an item of a library: %s', (key, isOne) => {
  expect(isLibraryItem(key)).toBe(isOne);
});

it('knows in which library an item is', () => {
  expect(libraryKeyOf('lb:Test:Bread:html:salt')).toBe('lib:Test:Bread');
  expect(libraryKeyOf('lct:Test:Bread:unit:dough')).toBe('lib:Test:Bread');
});
