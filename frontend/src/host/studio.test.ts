import { pathOf, selectedKeyOf, showStudioToast } from './studio';

describe('the item that is selected in Studio', () => {
  it.each([
    ['/library/lib:O:L', undefined],
    ['/library/lib:O:L/components/lb:O:L:html:salt', 'lb:O:L:html:salt'],
    ['/library/lib:O:L/unit/lct:O:L:unit:dough', 'lct:O:L:unit:dough'],
    ['/library/lib:O:L/unit/lct:O:L:unit:dough/lb:O:L:html:salt/0', 'lb:O:L:html:salt'],
    ['/library/lib%3AO%3AL/components/lb%3AO%3AL%3Ahtml%3Asalt', 'lb:O:L:html:salt'],
    ['/library/lib:O:L/collections/breads', undefined],
    ['/library/lib:O:L/collection/100%', undefined],
  ])('of %s is %s', (pathname, key) => {
    expect(selectedKeyOf(pathname)).toBe(key);
  });
});

it('knows the page of a component and of a container', () => {
  expect(pathOf('lib:O:L', 'lb:O:L:html:salt')).toBe('/library/lib:O:L/components/lb:O:L:html:salt');
  expect(pathOf('lib:O:L', 'lct:O:L:unit:dough')).toBe('/library/lib:O:L/unit/lct:O:L:unit:dough');
});

it('says so when Studio has no toast to offer', async () => {
  expect(await showStudioToast('Hello', { label: 'Open', onClick: () => {} })).toBe(false);
});
