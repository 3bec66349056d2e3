import { useState } from 'react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { Difference, Entity } from '../data/api';
import type { Comment, Conversation } from '../data/schema';
import { DifferenceView } from '../difference';
import {
  LIBRARY_KEY, aDifference, aPerson, anEntity,
} from '../testing/data';
import { mockStudio, renderInStudio, startAfresh } from '../testing/render';
import { Words } from '../workspace/Words';
import { Conversations } from '.';
import { PlacesProvider, type ShowAt } from './places';

const API = 'http://studio.test/api/sample-plugin/conversations/v1';
const RULE = `${API}/libraries/lib%3ATest%3ABread/`;
const LIST = `${API}/entities/lb%3ATest%3ABread%3Ahtml%3Asalt/conversations/`;
const LINE = '<p>Ten grams of salt.</p>';

let studio: MockAdapter;

const aComment = (change: Partial<Comment> = {}): Comment => ({
  id: 1,
  author: aPerson('otto', 'Otto'),
  body: 'Why ten?',
  created: '2026-01-03T03:04:05Z',
  edited_at: null,
  deleted_at: null,
  is_own: false,
  ...change,
});

/** About the line that was changed, unless a test says otherwise. */
const aConversation = (change: Partial<Conversation> = {}): Conversation => ({
  id: 4,
  version_num: 2,
  anchor: {
    kind: 'line', text: LINE, part: '', number: 2,
  },
  number: 2,
  is_on_earlier_version: false,
  is_resolved: false,
  comments: [aComment()],
  resolutions: [],
  ...change,
});

const RESOLVED = {
  is_resolved: true,
  resolutions: [{
    resolved_by: aPerson('ada', 'Ada'), resolved_at: '2026-01-04T03:04:05Z', reopened_by: null, reopened_at: null,
  }],
};

const WORDS: Difference['words'] = {
  state: 'changed',
  parts: [{
    part: 'text',
    name: '',
    change: 'changed',
    is_correct: null,
    was_correct: null,
    blocks: [{
      kind: 'paragraph',
      change: 'changed',
      runs: [
        { change: 'removed', text: 'Two' }, { change: 'added', text: 'Ten' }, { change: 'same', text: ' grams of salt.' },
      ],
    }],
  }],
};

const Change = ({ difference, entity }: { difference: Difference, entity: Entity }) => {
  const [at, setAt] = useState<ShowAt>();
  const [onPlaces] = useState(() => (show: ShowAt) => setAt(() => show));
  const [tab, setTab] = useState('source');
  return (
    <>
      <PlacesProvider value={at}>
        <div role="tabpanel">
          {tab === 'source' && <DifferenceView entityKey={entity.key!} difference={difference} />}
          {tab === 'words' && <Words entityKey={entity.key!} difference={difference} />}
        </div>
      </PlacesProvider>
      <button type="button" onClick={() => setTab('preview')}>Preview</button>
      <Conversations
        libraryKey={LIBRARY_KEY}
        entity={entity}
        difference={difference}
        onTab={setTab}
        onPlaces={onPlaces}
      />
    </>
  );
};

const lists = (...conversations: Conversation[]) => studio.onGet(new RegExp(`^${LIST}\\?`)).reply(200, {
  count: conversations.length, next: null, previous: null, results: conversations,
});
const show = (difference = aDifference(), entity = anEntity()) => ({
  ...renderInStudio(<Change difference={difference} entity={entity} />), user: userEvent.setup(),
});
const heading = (name: string) => screen.findByRole('heading', { level: 3, name });
const asked = () => studio.history.get!.map(({ url }) => url);
const field = (name: string) => screen.getByRole('textbox', { name });

beforeEach(() => {
  startAfresh();
  studio = mockStudio();
  studio.onGet(RULE).reply(200, { resolution_required: false, may_manage_policy: false });
  lists();
});

it('shows nothing where the app is not installed, and asks for that once', async () => {
  studio.onGet(RULE).reply(404);
  const Changes = () => {
    const [number, setNumber] = useState(1);
    return (
      <>
        <Change key={number} difference={aDifference()} entity={anEntity()} />
        <button type="button" onClick={() => setNumber(number + 1)}>Next</button>
      </>
    );
  };
  const { container, queryClient } = renderInStudio(<Changes />);
  const isDone = () => waitFor(() => expect(queryClient.isFetching()).toBe(0));
  await isDone();
  await userEvent.click(screen.getByRole('button', { name: 'Next' }));
  await isDone();
  expect(asked()).toEqual([RULE]);
  expect(screen.queryByRole('heading', { name: 'Conversations' })).not.toBeInTheDocument();
  expect(container.querySelectorAll('.sample-plugin-reviews-marker')).toHaveLength(0);
});

it('is started at a line, is renewed alone, and is found there', async () => {
  const { user } = show();
  await heading('Conversations');
  const before = asked().length;
  await user.click(screen.getByRole('button', { name: 'Comment on line 2' }));
  const typed = field('Comment on line 2');
  expect(typed).toHaveFocus();
  await user.type(typed, 'Why ten?');
  studio.onPost(LIST).replyOnce(201, aConversation());
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(await heading('Conversations (1 open)')).toBeVisible();
  expect(JSON.parse(studio.history.post![0]!.data)).toEqual({ body: 'Why ten?', version_num: 2, line: 2 });
  expect(typed).not.toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Comment on line 2' })).toHaveFocus();
  expect(asked()).toHaveLength(before);
  // From the line to what was said, and back.
  await user.click(screen.getByRole('button', { name: '1 open conversation about line 2' }));
  const said = screen.getByText('Why ten?').closest('li[id]')!;
  expect(said).toHaveFocus();
  await user.click(screen.getByRole('button', { name: 'Preview' }));
  await user.click(within(said as HTMLElement).getByRole('button', { name: 'Show' }));
  expect(screen.getByRole('button', { name: 'Comment on line 2' })).toHaveFocus();
});

it('tells the server which paragraph, file or child', async () => {
  const child = {
    key: 'lb:Test:Bread:html:yeast',
    title: 'Yeast',
    change: 'added' as const,
    old_position: null,
    new_position: 1,
    old_pin: null,
    new_pin: null,
    is_deleted: false,
    pin_needs_review: false,
  };
  const image = { size: 1, mime_type: 'image/png', is_image: false };
  const { user } = show(aDifference({
    words: WORDS,
    children: [child, {
      ...child, key: 'lb:Test:Bread:html:gone', title: 'Gone', change: 'removed',
    }],
    children_state: 'changed',
    child_count: 1,
    files: [
      {
        path: 'static/salt.png', change: 'added', old: null, new: image,
      },
      {
        path: 'static/gone.png', change: 'removed', old: image, new: null,
      },
    ],
    file_count: 2,
  }));
  studio.onPost(LIST).reply(({ data }) => [201, aConversation({
    id: studio.history.post!.length,
    anchor: {
      kind: 'part', part: 'text', text: 'Ten grams of salt.', number: 1,
    },
    comments: [aComment({ body: JSON.parse(data).body })],
  })]);
  const comment = async (on: string) => {
    await user.click(await screen.findByRole('button', { name: `Comment on ${on}` }));
    await user.type(field(`Comment on ${on}`), 'Why?');
    await user.click(screen.getByRole('button', { name: 'Send' }));
    await waitFor(() => expect(screen.queryByRole('textbox')).not.toBeInTheDocument());
  };
  await comment('“Yeast”');
  await comment('the file static/salt.png');
  // Nothing is said about what is gone: it is not in the version.
  expect(screen.queryByRole('button', { name: /Comment on.*one/ })).not.toBeInTheDocument();
  await user.click(screen.getAllByRole('button', { name: 'Show' })[0]!);
  await comment('“Ten grams of salt.”');
  expect(studio.history.post!.map(({ data }) => JSON.parse(data))).toEqual([
    { child: child.key }, { file: 'static/salt.png' }, { part: { kind: 'text', text: 'Ten grams of salt.' } },
  ].map((place) => ({ body: 'Why?', version_num: 2, ...place })));
});

it('keeps what was typed: over Escape, an error, a reload and an edit of the line', async () => {
  const { user, unmount } = show();
  await user.click(await screen.findByRole('button', { name: 'Comment on line 2' }));
  await user.type(field('Comment on line 2'), 'Why ten?{Escape}');
  expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Comment on line 2' }));
  studio.onPost(LIST).replyOnce(500);
  await user.click(screen.getByRole('button', { name: 'Send' }));
  expect(await screen.findByText(/error 500/)).toBeVisible();
  expect(field('Comment on line 2')).toHaveValue('Why ten?');
  unmount();

  const again = show();
  expect(await screen.findByRole('textbox', { name: 'Comment on line 2' })).toHaveValue('Why ten?');
  // Nobody has asked for it: the keys still belong to the page.
  expect(document.body).toHaveFocus();
  again.unmount();

  const { olx } = aDifference();
  show(aDifference({
    new: { version_num: 3, title: 'Salt' }, olx: { ...olx!, unified: olx!.unified.replace('Ten', 'Twenty') },
  }));
  expect(await screen.findByRole('textbox', { name: 'Your unsent comment' })).toHaveValue('Why ten?');
  studio.onPost(LIST).replyOnce(201, aConversation({ number: null, is_on_earlier_version: true }));
  await user.click(screen.getByRole('button', { name: 'Send' }));
  expect(await screen.findByText('on an earlier version')).toBeVisible();
  expect(JSON.parse(studio.history.post![1]!.data)).toEqual({ body: 'Why ten?', version_num: 2, line: 2 });
  expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  // There is no place to show, and none to go from.
  expect(screen.queryByRole('button', { name: 'Show' })).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: /open conversation/ })).not.toBeInTheDocument();
});

it('is answered, resolved and opened again, and says by whom', async () => {
  lists(aConversation(), aConversation({ id: 3, ...RESOLVED, comments: [aComment({ id: 9, body: 'Old' })] }));
  studio.onGet(RULE).reply(200, { resolution_required: true, may_manage_policy: false });
  const { user } = show();
  await heading('Conversations (1 open)');
  expect(screen.getByText('This can be published once it is resolved.')).toBeVisible();
  expect(screen.getByText('Old')).not.toBeVisible();
  expect(screen.queryByRole('button', { name: 'Edit' })).not.toBeInTheDocument();

  const answered = { comments: [aComment(), aComment({ id: 2, body: 'For taste', is_own: true })] };
  studio.onPost(`${LIST}4/comments/`, { body: 'For taste' }).replyOnce(201, aConversation(answered));
  await user.click(screen.getAllByRole('button', { name: 'Reply' })[0]!);
  await user.keyboard(' For taste ');
  await user.click(screen.getByRole('button', { name: 'Send' }));
  expect(await screen.findByText('For taste')).toBeVisible();

  studio.onPut(`${LIST}4/resolution/`).replyOnce(200, aConversation({ ...answered, ...RESOLVED }));
  await user.click(screen.getByRole('button', { name: 'Resolve' }));
  expect(await screen.findByText('Conversation resolved.')).toHaveFocus();
  expect(await heading('Conversations')).toBeVisible();
  await user.click(screen.getByText('2 resolved'));
  expect(screen.getAllByText(/^Resolved by Ada/)).toHaveLength(2);

  const [resolution] = RESOLVED.resolutions;
  const reopened = { ...resolution!, reopened_by: null, reopened_at: '2026-01-05T03:04:05Z' };
  studio.onDelete(`${LIST}3/resolution/`).replyOnce(200, aConversation({ id: 3, resolutions: [reopened] }));
  await user.click(screen.getAllByRole('button', { name: 'Open again' })[1]!);
  expect(await screen.findByText(/opened again by a deleted account/)).toBeVisible();
  expect(await heading('Conversations (1 open)')).toBeVisible();
});

it('lets authors edit and delete what they wrote, and leaves a trace', async () => {
  const own = aComment({ is_own: true });
  lists(aConversation({ comments: [own, aComment({ id: 2, body: 'Not mine' })] }));
  const { user } = show();
  await user.click(await screen.findByRole('button', { name: 'Edit' }));
  expect(field('Edit')).toHaveValue('Why ten?');
  await user.type(field('Edit'), ' grams');
  const edited = { ...own, body: 'Why ten grams', edited_at: '2026-01-04T03:04:05Z' };
  studio.onPatch(`${LIST}4/comments/1/`, { body: 'Why ten? grams' }).replyOnce(200, aConversation({ comments: [edited] }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Why ten grams')).toBeVisible();
  expect(screen.getByText(/· edited/)).toBeVisible();

  await user.click(screen.getByRole('button', { name: 'Delete' }));
  await user.click(screen.getByRole('button', { name: 'Keep it' }));
  expect(screen.getByRole('button', { name: 'Delete' })).toHaveFocus();
  await user.click(screen.getByRole('button', { name: 'Delete' }));
  const deleted = { ...edited, body: '', deleted_at: '2026-01-05T03:04:05Z' };
  studio.onDelete(`${LIST}4/comments/1/`).replyOnce(200, aConversation({ comments: [deleted] }));
  await user.click(screen.getByRole('button', { name: 'Delete comment' }));
  expect(await screen.findByText(/^Deleted by its author/)).toBeVisible();
  expect(screen.getByText('Otto')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Edit' })).not.toBeInTheDocument();
});

it('shows text as text, with links to the web', async () => {
  const body = '<img src=x onerror=alert(1)>\njavascript:alert(1) (see https://a.example/b_(c). https://d.example/\u202egpj)';
  lists(aConversation({ comments: [aComment({ body })] }));
  const { container } = show();
  await heading('Conversations (1 open)');
  const text = screen.getByText(/onerror/);
  expect(text.textContent).toBe(body);
  expect(text).toHaveAttribute('dir', 'auto');
  expect(container.querySelector('img')).toBeNull();
  expect(screen.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual([
    'https://a.example/b_(c)', 'https://d.example/',
  ]);
  expect(screen.getAllByRole('link')[0]).toHaveAttribute('rel', 'noopener noreferrer nofollow ugc');
});

it('is one stop for the Tab key, whatever the number of lines', async () => {
  const { user } = show();
  const first = await screen.findByRole('button', { name: 'Comment on line 1' });
  await waitFor(() => expect(first).toHaveAttribute('tabindex', '0'));
  expect(screen.getByRole('button', { name: 'Comment on line 2' })).toHaveAttribute('tabindex', '-1');
  first.focus();
  await user.keyboard('{ArrowDown}');
  expect(screen.getByRole('button', { name: 'Comment on line 2' })).toHaveFocus();
  await user.tab();
  expect(screen.getByRole('button', { name: 'Preview' })).toHaveFocus();
  await user.tab({ shift: true });
  expect(screen.getByRole('button', { name: 'Comment on line 2' })).toHaveFocus();
});

it('says when it cannot be loaded, and not that nothing was said', async () => {
  studio.onGet(new RegExp(`^${LIST}\\?`)).reply(403);
  show();
  expect(await screen.findByText('You have no access to the reviews of this library.')).toBeVisible();
  expect(screen.queryByText('Conversations')).not.toBeInTheDocument();
});
