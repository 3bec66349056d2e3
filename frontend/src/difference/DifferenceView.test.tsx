/** What a difference says. Whoever cannot see the colors reads the same as everybody. */
import {
  fireEvent, screen, waitFor, within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { ChildDifference, Difference, FileDifference } from '../data/api';
import { aDifference } from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import { DifferenceView } from './DifferenceView';

const KEY = 'lb:Test:Bread:html:salt';
const SALT = `${API}/entities/lb%3ATest%3ABread%3Ahtml%3Asalt/`;

let studio: MockAdapter;

beforeEach(() => { studio = mockStudio(); });

const show = (change: Partial<Difference> = {}) => (
  renderInStudio(<DifferenceView entityKey={KEY} difference={aDifference(change)} />)
);
/** As a screen reader says it: what is hidden from it is left out. */
const said = (element: Element) => {
  const copy = element.cloneNode(true) as Element;
  copy.querySelectorAll('[aria-hidden]').forEach((hidden) => hidden.remove());
  return copy.textContent;
};
const olx = (change: Partial<NonNullable<Difference['olx']>>) => ({ olx: { ...aDifference().olx!, ...change } });

describe('the text', () => {
  it('is shown line by line, with a sign and a word on each line that changed', () => {
    show();
    const rows = within(screen.getByRole('table')).getAllByRole('row').map((row) => row.textContent);
    expect(rows.slice(2)).toEqual([
      '11 <html>', '2−Removed: <p>Two grams of salt.</p>', '2+Added: <p>Ten grams of salt.</p>', '33 </html>',
    ]);
    expect(screen.getByText('Two').tagName).toBe('MARK');
    expect(screen.getByText('Ten').tagName).toBe('MARK');
    expect(screen.getByText('This was edited. Published: version 1 → Draft: version 2')).toBeVisible();
  });

  it('is shown side by side to those who want it so, and the next time at once', async () => {
    const user = userEvent.setup();
    const { unmount } = show();
    await user.click(screen.getByRole('button', { name: 'Side by side' }));
    const check = () => {
      expect(screen.getByRole('button', { name: 'Side by side' })).toHaveAttribute('aria-pressed', 'true');
      expect(screen.getByRole('columnheader', { name: 'Published: version 1' })).toBeVisible();
      expect(screen.getByRole('columnheader', { name: 'Draft: version 2' })).toBeVisible();
      const row = screen.getByRole('row', { name: /Two grams/ });
      expect(within(row).getAllByRole('cell').map((cell) => cell.textContent)).toEqual([
        '2', '−Removed: <p>Two grams of salt.</p>', '2', '+Added: <p>Ten grams of salt.</p>',
      ]);
    };
    check();
    unmount();
    show();
    check();
    await user.click(screen.getByRole('button', { name: 'Unified' }));
    expect(screen.queryByRole('row', { name: /Two grams.*Ten grams/ })).not.toBeInTheDocument();
  });

  it('has one side only if it is new', () => {
    show({
      change: 'new',
      old: null,
      ...olx({ old_size: null, unified: '--- a\n+++ b\n@@ -0,0 +1,1 @@\n+<p>Salt</p>\n' }),
    });
    expect(screen.getByText('This is new.')).toBeVisible();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
    expect(said(screen.getByRole('row', { name: /Salt/ }))).toBe('1Added: <p>Salt</p>');
  });

  it('says so if nothing but spaces has changed, and shows them', () => {
    show(olx({ state: 'whitespace_only', unified: '--- a\n+++ b\n@@ -1 +1 @@\n-<p>  Salt</p>\n+<p>\tSalt</p>\n' }));
    expect(screen.getByText('Only spaces and line breaks have changed.')).toBeVisible();
    expect(screen.getByText('··').tagName).toBe('MARK');
    expect(screen.getByText('→').tagName).toBe('MARK');
  });

  it('says how large it is if it is too large', () => {
    show(olx({
      state: 'too_large', unified: '', old_size: null, new_size: 20_400_000,
    }));
    expect(screen.getByText(/is too large to compare here. Before: nothing. Now: 20.4 MB./)).toBeVisible();
  });

  it('is shown as the server wrote it if we cannot read that', () => {
    show(olx({ unified: '--- a\n+++ b\n@@ -1,9 +1,9 @@\n one line\n' }));
    expect(screen.getByText(/one line/).tagName).toBe('PRE');
  });

  it('is left out if it is the same', () => {
    show({ ...olx({ state: 'same', unified: '' }), title_changed: true, new: { version_num: 2, title: 'Sea salt' } });
    expect(screen.queryByRole('heading', { name: 'Text (OLX)' })).not.toBeInTheDocument();
    expect(said(screen.getByRole('region', { name: 'Title' }))).toBe('TitleRemoved: SaltAdded: Sea salt');
    expect(screen.queryByText(/are the same/)).not.toBeInTheDocument();
  });

  it('says so if nothing of it can be seen', () => {
    show(olx({ state: 'same', unified: '' }));
    expect(screen.getByText('The text, the files and the title are the same.')).toBeVisible();
  });

  it.each([
    ['published', 'Nothing has changed since it was published.'],
    ['my_last_review', 'Nothing has changed since your last review.'],
  ] as const)('says so if there is no difference: %s', (since, sentence) => {
    show({ since, change: null, olx: null });
    expect(screen.getByText(sentence)).toBeVisible();
  });

  it('is text, whatever it says, and nothing in it can hide', () => {
    const line = '<img src="x" onerror="alert(1)"><script>alert(1)</script>';
    const { container } = show({
      title_changed: true,
      new: { version_num: 2, title: line },
      files: [{
        path: `${line}.txt`, change: 'added', old: null, new: { size: 1, mime_type: line, is_image: false },
      }],
      listed_in: [{
        key: null, title: line, in_draft: true, is_live: false,
      }],
      ...olx({ unified: `--- a\n+++ b\n@@ -1 +1 @@\n-${line}\n+${line} abc\u202egnp.exe\u200b\n` }),
    });
    expect(container.querySelectorAll('script, img, [onerror]')).toHaveLength(0);
    expect(container.textContent!.split(line)).toHaveLength(7);
    expect(container).toHaveTextContent('abc⟨U+202E⟩gnp.exe⟨U+200B⟩');
  });
});

describe('files', () => {
  const image = (size = 2_048) => ({ size, mime_type: 'image/png', is_image: true });
  const replaced: FileDifference = {
    path: 'static/loaf.png', change: 'replaced', old: image(), new: image(3_000),
  };
  const BEFORE = `${SALT}versions/1/images/?path=static%2Floaf.png`;
  const NOW = `${SALT}versions/2/images/?path=static%2Floaf.png`;
  const files = (...of: FileDifference[]) => ({ olx: null, files: of, file_count: of.length });

  beforeEach(() => {
    studio.onGet(BEFORE).reply(200, new Blob(['before']));
    studio.onGet(NOW).reply(200, new Blob(['now']));
  });

  it('are named with what became of them, how large they are and of what type', () => {
    show({
      ...files(
        {
          path: 'static/a.pdf', change: 'added', old: null, new: { size: 1_500, mime_type: 'application/pdf', is_image: false },
        },
        {
          path: 'static/b.txt', change: 'removed', old: { size: 12, mime_type: 'text/plain', is_image: false }, new: null,
        },
      ),
      file_count: 7,
    });
    expect(screen.getAllByRole('listitem').map(said)).toEqual([
      'static/a.pdf was addedNow: 1.5 kB, application/pdf', 'static/b.txt was removedBefore: 12 bytes, text/plain',
    ]);
    expect(screen.getByRole('heading', { name: 'Files (7)' })).toBeVisible();
    expect(screen.getByText('And 5 more.')).toBeVisible();
  });

  it('are shown beside each other if they are images, as data that is of no origin', async () => {
    show(files(replaced));
    const source = (text: string) => `data:application/octet-stream;base64,${window.btoa(text)}`;
    expect(await screen.findByRole('img', { name: 'Before: static/loaf.png' })).toHaveAttribute('src', source('before'));
    expect(await screen.findByRole('img', { name: 'Now: static/loaf.png' })).toHaveAttribute('src', source('now'));
    expect(studio.history.get!.map(({ url, responseType }) => [url, responseType])).toEqual([[BEFORE, 'blob'], [NOW, 'blob']]);
  });

  it('are loaded only when asked for if they are large', async () => {
    const user = userEvent.setup();
    show(files({ ...replaced, new: image(20_000_000) }));
    await screen.findByRole('img', { name: /^Before/ });
    expect(studio.history.get!.map(({ url }) => url)).toEqual([BEFORE]);
    await user.click(screen.getByRole('button', { name: 'Show new image (20 MB)' }));
    expect(await screen.findByRole('img', { name: /^Now/ })).toBeVisible();
  });

  it('are loaded only when asked for if they are many', async () => {
    const many = Array.from({ length: 7 }, (_, index): FileDifference => ({
      ...replaced, path: `static/${index}.png`, old: null, change: 'added',
    }));
    studio.onGet(new RegExp(`^${SALT}versions/2/images/`)).reply(200, new Blob(['now']));
    show(files(...many));
    await waitFor(() => expect(screen.getAllByRole('img')).toHaveLength(6));
    expect(screen.getAllByRole('button', { name: /^Show new image/ })).toHaveLength(1);
    expect(studio.history.get).toHaveLength(6);
  });

  it('say so if they cannot be loaded, and try again', async () => {
    const user = userEvent.setup();
    studio.onGet(NOW).reply(404);
    show(files({ ...replaced, change: 'added', old: null }));
    expect(await screen.findByRole('alert')).toHaveTextContent('You have no access');
    studio.onGet(NOW).reply(200, new Blob(['now']));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('img', { name: /^Now/ })).toBeVisible();
  });

  it('say so if the browser cannot show them', async () => {
    show(files({ ...replaced, change: 'added', old: null }));
    fireEvent.error(await screen.findByRole('img', { name: /^Now/ }));
    expect(await screen.findByText('This image cannot be shown.')).toBeVisible();
  });
});

describe('what a container holds', () => {
  const aChild = (change: Partial<ChildDifference>): ChildDifference => ({
    key: `lb:Test:Bread:html:${change.title}`,
    title: 'Salt',
    change: 'same',
    old_position: 1,
    new_position: 1,
    old_pin: null,
    new_pin: null,
    is_deleted: false,
    pin_needs_review: false,
    ...change,
  });
  const children = (...of: ChildDifference[]) => ({
    olx: null, children: of, children_state: 'changed' as const, child_count: of.length,
  });
  const items = () => screen.getAllByRole('listitem').map(said);

  it('is said item by item, in words', () => {
    show(children(
      aChild({ title: 'Salt' }),
      aChild({
        title: 'Yeast', change: 'added', old_position: null, new_position: 2,
      }),
      aChild({
        title: 'Oil', change: 'added', old_position: null, new_position: 3, new_pin: 4,
      }),
      aChild({
        title: 'Water', change: 'removed', old_position: 3, new_position: null, is_deleted: true,
      }),
      aChild({
        title: 'Flour', change: 'moved', old_position: 2, new_position: 5,
      }),
      aChild({ title: 'Rye', change: 'pinned', new_pin: 7 }),
      aChild({ title: 'Oats', change: 'unpinned', old_pin: 6 }),
      aChild({
        title: 'Malt', change: 'repinned', old_pin: 1, new_pin: 2,
      }),
    ));
    expect(items()).toEqual([
      'Salt',
      'Yeast: added, at position 2',
      'Oil: added, pinned to version 4, at position 3',
      'Water (deleted): removed from position 3',
      'Flour: moved from position 2 to 5',
      'Rye: pinned to version 7',
      'Oats: no longer pinned to version 6',
      'Malt: pinned to version 2 in place of 1',
    ]);
  });

  it('says which pinned version needs a review', () => {
    show(children(
      aChild({
        title: 'Rye', change: 'pinned', new_pin: 7, pin_needs_review: true,
      }),
      aChild({
        title: 'Oats', old_pin: 6, new_pin: 6, pin_needs_review: true,
      }),
      aChild({
        title: 'Malt', change: 'moved', old_position: 3, new_position: 4, new_pin: 2,
      }),
    ));
    expect(items()).toEqual([
      'Rye: pinned to version 7 (version 7 needs a review)',
      'Oats (version 6 needs a review)',
      'Malt: moved from position 3 to 4, pinned to version 2',
    ]);
  });

  it('is shortened to what has changed if it is long', () => {
    const many = Array.from({ length: 40 }, (_, index) => aChild({ title: `No. ${index}`, old_position: index + 1 }));
    show({ ...children(...many, aChild({ title: 'Yeast', change: 'added', old_position: null })), child_count: 600 });
    expect(items()).toEqual(['Yeast: added, at position 1']);
    expect(screen.getByText('40 other items stay as before.')).toBeVisible();
    expect(screen.getByText('And 559 more.')).toBeVisible();
  });

  it('says so if it is too large', () => {
    show({ ...children(), children_state: 'too_large', child_count: 12_000 });
    expect(screen.getByText(/too large to compare here: 12,000 items/)).toBeVisible();
    expect(screen.queryByText(/more/)).not.toBeInTheDocument();
  });

  it('is left out if it is the same', () => {
    show({ ...children(aChild({})), children_state: 'same' });
    expect(screen.queryByRole('heading', { name: 'What it contains' })).not.toBeInTheDocument();
  });
});

it('says of a deletion what disappears, and what still lists it', () => {
  show({
    change: 'deleted',
    new: null,
    ...olx({ new_size: null, unified: '--- a\n+++ b\n@@ -1,1 +0,0 @@\n-<p>Salt</p>\n' }),
    listed_in: [
      {
        key: 'lct:1', title: 'Dough', in_draft: true, is_live: false,
      },
      {
        key: 'lct:2', title: 'Basics', in_draft: false, is_live: true,
      },
      {
        key: 'lct:3', title: 'Both', in_draft: true, is_live: true,
      },
    ],
  });
  expect(screen.getByText('Publishing this deletes the item.')).toBeVisible();
  expect(within(screen.getByRole('region', { name: 'Still listed in' })).getAllByRole('listitem').map(said)).toEqual([
    'Dough: in its draft', 'Basics: as published', 'Both: in its draft and as published',
  ]);
  expect(said(screen.getByRole('row', { name: /Salt/ }))).toBe('1Removed: <p>Salt</p>');
  expect(screen.queryByRole('button', { name: 'Side by side' })).not.toBeInTheDocument();
});
