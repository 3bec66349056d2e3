import { act, screen } from '@testing-library/react';

import {
  readTab, useKeys, writeKeys, writeTab,
} from './tabStorage';
import { mockStudio, renderInStudio } from './testing/render';

const KEYS = ['lb:Test:Bread:html:salt', 'lb:Test:Bread:html:yeast'];

const Selected = () => <p role="status">{useKeys('lib:Test:Bread', 'selected').join(' and ')}</p>;

beforeEach(() => {
  window.sessionStorage.clear();
  mockStudio();
});

it('is shown as soon as it is written, and is there after a reload', () => {
  const { unmount } = renderInStudio(<Selected />);
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
  act(() => writeKeys('lib:Test:Bread', 'selected', KEYS));
  expect(screen.getByRole('status')).toHaveTextContent(KEYS.join(' and '));
  // Another list, and the same one of another library, are not this one.
  act(() => {
    writeKeys('lib:Test:Bread', 'blocked', []);
    writeKeys('lib:Test:Cake', 'selected', []);
  });
  unmount();
  renderInStudio(<Selected />);
  expect(screen.getByRole('status')).toHaveTextContent(KEYS.join(' and '));
});

it('leaves nothing behind of what was emptied', () => {
  writeTab('note.salt', 'Ten grams');
  expect(window.sessionStorage).toHaveLength(1);
  writeTab('note.salt', '');
  expect(window.sessionStorage).toHaveLength(0);
});

it('lasts as long as the page where the browser keeps nothing', () => {
  ['getItem', 'setItem', 'removeItem'].forEach((name) => (
    jest.spyOn(Storage.prototype, name as 'getItem').mockImplementation(() => { throw new Error('No storage.'); })
  ));
  renderInStudio(<Selected />);
  act(() => writeKeys('lib:Test:Bread', 'selected', KEYS));
  expect(screen.getByRole('status')).toHaveTextContent(KEYS.join(' and '));
  act(() => writeKeys('lib:Test:Bread', 'selected', []));
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
  expect(readTab('note.salt')).toBe('');
});

// A storage that is full still answers what was in it before.
it('is what was written last where the browser keeps no more', () => {
  writeTab('note.salt', 'Ten grams');
  jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => { throw new Error('It is full.'); });
  writeTab('note.salt', 'Ten grams, not two');
  expect(readTab('note.salt')).toBe('Ten grams, not two');
});
