import { getAuthenticatedHttpClient } from '@edx/frontend-platform/auth';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';
import { Link, useLocation, useSearchParams } from 'react-router-dom';

import { aLibrary, aQueue, aRow } from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import { HeaderAction } from './HeaderAction';

const LIBRARY = `${API}/libraries/lib%3ATest%3ABread/`;
const COMMIT = 'http://studio.test/api/libraries/v2/lib:Test:Bread/commit/';
const REFUSAL = {
  code: 'unreviewed_changes',
  detail: 'Nothing was published.',
  unreviewed: [{ key: 'lb:Test:Bread:html:salt', title: 'Salt' }, { key: null, title: 'Without a key' }],
  unreviewed_count: 3,
  change_count: 7,
};

const mockToast = jest.fn();
const mockCloseToast = jest.fn();
jest.mock(
  'CourseAuthoring/generic/toast-context',
  () => ({
    get showToastOutsideReact() {
      if (!mockToast.getMockImplementation()) { throw new Error('This Studio has none.'); }
      return mockToast;
    },
    closeToastOutsideReact: () => mockCloseToast(),
  }),
  { virtual: true },
);

let studio: MockAdapter;

beforeEach(() => {
  window.sessionStorage.clear();
  mockToast.mockReset();
  studio = mockStudio();
  studio.onGet(LIBRARY).reply(200, aLibrary());
  studio.onGet(new RegExp(`${LIBRARY}queue/`)).reply(200, aQueue([]));
});

const waits = (toReview: number, toAnswer = 0) => (
  studio.onGet(LIBRARY).reply(200, aLibrary({ waits_for_me: { to_review: toReview, to_answer: toAnswer } }))
);
const search = () => new URLSearchParams(window.location.search);
// Stands for Studio's page, which reads the router's location.
const onRender = jest.fn();
const Page = () => {
  onRender(useLocation().search);
  return null;
};

describe('the button in the header', () => {
  it.each([
    [2, 0, 'Reviews: 2 changes to review', 'Reviews2'],
    [1, 0, 'Reviews: 1 change to review', 'Reviews1'],
    [1_234, 2, 'Reviews: 1,234 changes to review, 2 requests to answer', 'Reviews99+'],
    [0, 1, 'Reviews: 1 request to answer', 'Reviews1'],
    [0, 0, 'Reviews', 'Reviews'],
  ])('says what waits for the person: %d to review and %d to answer', async (toReview, toAnswer, name, text) => {
    waits(toReview, toAnswer);
    renderInStudio(<HeaderAction />);
    expect(await screen.findByRole('button', { name })).toHaveTextContent(text);
    expect(document.body).toHaveFocus();
  });

  it('counts each library for itself', async () => {
    const user = userEvent.setup();
    studio.onGet(/lib%3ATest%3ACake\/$/).reply(200, aLibrary({ waits_for_me: { to_review: 5, to_answer: 0 } }));
    renderInStudio(<><Link to="/library/lib:Test:Cake">Cake</Link><HeaderAction /></>);
    await screen.findByRole('button', { name: 'Reviews: 2 changes to review' });
    await user.click(screen.getByRole('link', { name: 'Cake' }));
    expect(await screen.findByRole('button', { name: 'Reviews: 5 changes to review' })).toBeVisible();
  });

  it('is not there before it is known whether there is anything to see', async () => {
    studio.onGet(LIBRARY).reply(() => new Promise(() => {}));
    const { container } = renderInStudio(<HeaderAction />);
    await waitFor(() => expect(studio.history.get).toHaveLength(1));
    expect(container).toBeEmptyDOMElement();
  });

  it.each([401, 403, 404])('is not there, and Studio is asked only once, if the answer is %d', async (status) => {
    studio.onGet(LIBRARY).reply(status, '<html>…</html>');
    const { container, queryClient } = renderInStudio(<HeaderAction />);
    await waitFor(() => expect(studio.history.get).toHaveLength(1));
    await waitFor(() => expect(queryClient.isFetching()).toBe(0));
    expect(container).toBeEmptyDOMElement();
    expect(studio.history.get).toHaveLength(1);
  });
});

describe('the workspace', () => {
  it('opens with one click where no item is open, and gives the focus back when it is closed', async () => {
    const user = userEvent.setup();
    const { container } = renderInStudio(<><HeaderAction /><Page /></>);
    const button = await screen.findByRole('button', { name: /^Reviews/ });
    expect(button).toHaveAttribute('aria-expanded', 'false');
    onRender.mockReset();
    await user.click(button);
    const workspace = await screen.findByRole('dialog', { name: 'Review: Bread' });
    // It is no part of Studio’s header, which would cut it off.
    expect(container).not.toContainElement(workspace);
    expect(button).toHaveAttribute('aria-expanded', 'true');
    expect(search().get('reviews')).toBe('all');
    await user.click(screen.getByRole('button', { name: 'Close reviews' }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(search().toString()).toBe('');
    expect(button).toHaveFocus();
    // Studio's page had no part in it.
    expect(onRender).not.toHaveBeenCalled();
    act(() => window.history.back());
    expect(await screen.findByRole('dialog')).toBeVisible();
    act(() => window.history.back());
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });

  it('stays closed when Studio’s page takes a step, also if the page was opened with it', async () => {
    const user = userEvent.setup();
    const Step = () => {
      const [, setParams] = useSearchParams();
      return <button type="button" onClick={() => setParams((before) => ({ ...Object.fromEntries(before), q: '1' }))}>Step</button>;
    };
    renderInStudio(<><HeaderAction /><Page /><Step /></>, { at: '/library/lib:Test:Bread?reviews=all&other=1' });
    await user.click(await screen.findByRole('button', { name: 'Close reviews' }));
    await waitFor(() => expect(onRender).toHaveBeenLastCalledWith('?other=1'));
    await user.click(screen.getByRole('button', { name: 'Step' }));
    await waitFor(() => expect(window.location.search).toBe('?other=1&q=1'));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('says so when the server has failed twice, and tries again', async () => {
    const user = userEvent.setup();
    studio.onGet(LIBRARY).reply(500);
    renderInStudio(<HeaderAction />);
    const button = await screen.findByRole('button', { name: 'Reviews' });
    expect(studio.history.get).toHaveLength(2);
    await user.click(button);
    expect(await screen.findByText(/Something went wrong in Studio \(error 500\)/)).toBeVisible();
    studio.onGet(LIBRARY).reply(200, aLibrary());
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('There are no unpublished changes here.')).toBeVisible();
  });
});

it('tries once more by itself when there was no answer', async () => {
  studio.onGet(LIBRARY).reply(() => (
    studio.history.get!.length > 1 ? [200, aLibrary()] : Promise.reject(new Error('Network Error'))
  ));
  renderInStudio(<HeaderAction />);
  expect(await screen.findByRole('button', { name: /2 changes to review/ }, { timeout: 5000 })).toBeVisible();
});

it('counts anew when somebody comes back to the page', async () => {
  renderInStudio(<HeaderAction />);
  await screen.findByRole('button', { name: /2 changes to review/ });
  studio.onGet(LIBRARY).reply(200, aLibrary({ waits_for_me: { to_review: 3, to_answer: 0 } }));
  const later = Date.now() + 6_000;
  jest.spyOn(Date, 'now').mockImplementation(() => later);
  act(() => { window.dispatchEvent(new Event('visibilitychange')); });
  expect(await screen.findByRole('button', { name: /3 changes to review/ })).toBeVisible();
});

it('explains also a publish that was refused before Studio has answered us', async () => {
  mockToast.mockImplementation(() => {});
  studio.onGet(LIBRARY).reply(() => new Promise(() => {}));
  studio.onPost(COMMIT).reply(409, REFUSAL);
  renderInStudio(<HeaderAction />);
  await act(() => getAuthenticatedHttpClient().post(COMMIT).catch(() => {}));
  await waitFor(() => expect(mockToast).toHaveBeenCalledTimes(1));
  expect(screen.queryByRole('button', { name: /Reviews/ })).not.toBeInTheDocument();
});

describe('a publish that was refused', () => {
  afterEach(() => { jest.useRealTimers(); });

  /** What Studio's own button does. Studio gets the refusal, too. */
  const press = (status: number, body: unknown) => act(async () => {
    studio.onPost(COMMIT).reply(status, body);
    await expect(getAuthenticatedHttpClient().post(COMMIT)).rejects.toMatchObject({ response: { status } });
  });
  const publish = async () => {
    studio.onGet(new RegExp(`${LIBRARY}queue/`)).reply(200, aQueue([
      aRow({ key: 'lb:Test:Bread:html:salt', title: 'Salt' }), aRow({ title: 'Yeast' }),
    ]));
    renderInStudio(<HeaderAction />);
    await screen.findByRole('button', { name: /Reviews/ });
    await press(409, REFUSAL);
  };

  const expectBlockedOnly = async () => {
    const scope = await screen.findByRole('combobox', { name: 'Review' });
    expect(scope).toHaveDisplayValue('What blocked the publish (1)');
    expect(await screen.findByRole('button', { name: 'All (1)' })).toHaveAttribute('aria-pressed', 'true');
  };

  it('is explained in the place of Studio’s own message, with a way to what is missing', async () => {
    mockToast.mockImplementation(() => {});
    await publish();
    await waitFor(() => expect(mockToast).toHaveBeenCalledTimes(1));
    const [sentence, action] = mockToast.mock.calls[0];
    expect(sentence).toBe('Nothing was published. 3 of 7 changes are not reviewed yet.');
    // Studio's toast is hidden from screen readers.
    expect(await screen.findByRole('alert')).toHaveTextContent(sentence);
    act(() => action.onClick());
    expect(mockCloseToast).toHaveBeenCalled();
    await expectBlockedOnly();
  });

  it('is explained by ourselves where Studio has no place for it', async () => {
    const user = userEvent.setup();
    await publish();
    await user.click(await screen.findByRole('button', { name: 'Show what is missing' }));
    await expectBlockedOnly();
  });

  it('is explained for long enough to be read', async () => {
    jest.useFakeTimers();
    await publish();
    const button = await screen.findByRole('button', { name: 'Show what is missing' });
    await act(() => jest.advanceTimersByTimeAsync(8_000));
    await act(() => jest.advanceTimersByTimeAsync(1_000)); // in which it would fade
    expect(button).toBeVisible();
    await act(() => jest.advanceTimersByTimeAsync(4_000));
    await waitFor(() => expect(button).not.toBeInTheDocument());
  });

  it('can be put away where we explain it ourselves', async () => {
    const user = userEvent.setup();
    await publish();
    await user.click(await screen.findByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Show what is missing' })).not.toBeInTheDocument());
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it.each([1, 2])('says in how many of them changes are requested: %d', async (count) => {
    mockToast.mockImplementation(() => {});
    renderInStudio(<HeaderAction />);
    await screen.findByRole('button', { name: /Reviews/ });
    const unreviewed = [1, 2, 3].map((number) => ({
      key: `lb:Test:Bread:html:${number}`, title: 'Salt', changes_requested: number <= count,
    }));
    await press(409, { ...REFUSAL, unreviewed });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      `Nothing was published. 3 of 7 changes are not reviewed yet. Reviewers have requested changes in ${count} of them.`,
    );
  });

  it('is explained as the server does where conversations are open, and leads to what they are about', async () => {
    const user = userEvent.setup();
    const rows = ['salt', 'yeast'].map((title) => aRow({ key: `lb:Test:Bread:html:${title}`, title }));
    studio.onGet(new RegExp(`${LIBRARY}queue/`)).reply(200, aQueue(rows));
    renderInStudio(<HeaderAction />);
    await screen.findByRole('button', { name: /Reviews/ });
    const detail = 'Nothing was published: 1 item has open conversations: “Salt”. Resolve them first.';
    const unresolved = [{ key: 'lb:Test:Bread:html:salt', title: 'Salt', open_count: 2 }];
    await press(409, {
      code: 'unresolved_conversations', detail, unresolved, unresolved_count: 1,
    });
    expect(await screen.findByText(detail)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Show what is missing' }));
    await expectBlockedOnly();
  });

  it('is said in the singular of a single change', async () => {
    mockToast.mockImplementation(() => {});
    renderInStudio(<HeaderAction />);
    await screen.findByRole('button', { name: /Reviews/ });
    await press(409, { ...REFUSAL, unreviewed_count: 1, change_count: 1 });
    expect(await screen.findByRole('alert')).toHaveTextContent('Nothing was published. This change is not reviewed yet.');
  });

  it('leads to all changes where Studio has a key for none of them', async () => {
    const user = userEvent.setup();
    renderInStudio(<HeaderAction />);
    await screen.findByRole('button', { name: /Reviews/ });
    await press(409, { ...REFUSAL, unreviewed: [{ key: null, title: 'Without a key' }] });
    await user.click(await screen.findByRole('button', { name: 'Show what is missing' }));
    await screen.findByRole('dialog', { name: 'Review: Bread' });
    expect(Object.fromEntries(search())).toEqual({ reviews: 'all', 'reviews-whose': 'all' });
  });

  it('is said once, also after Studio has made its header anew', async () => {
    mockToast.mockImplementation(() => {});
    const { unmount } = renderInStudio(<HeaderAction />);
    await screen.findByRole('button', { name: /Reviews/ });
    unmount();
    await publish();
    await press(409, { ...REFUSAL, unreviewed_count: 1 });
    // By now the first would have been said a second time.
    await waitFor(() => expect(mockToast.mock.lastCall[0]).toMatch(/1 of 7/));
    expect(mockToast).toHaveBeenCalledTimes(2);
  });

  it('has the changes counted anew: somebody else may have edited', async () => {
    renderInStudio(<HeaderAction />);
    await screen.findByRole('button', { name: 'Reviews: 2 changes to review' });
    studio.onGet(LIBRARY).reply(200, aLibrary({ waits_for_me: { to_review: 3, to_answer: 0 } }));
    await press(409, REFUSAL);
    expect(await screen.findByRole('button', { name: 'Reviews: 3 changes to review' })).toBeVisible();
  });

  describe('as the standard error handler writes it', () => {
    const STANDARD = {
      type: 'https://docs.openedx.org/errors/internal', title: 'Internal Server Error', status: 409, detail: 'Nothing was published.',
    };

    it.each([
      [{ ...STANDARD, user_message: 'Nothing was published: “Salt” has not been reviewed.' }, /: “Salt” has not been reviewed/],
      [STANDARD, /^Nothing was published\.$/],
    ])('is said in the server’s words, with a way to what awaits review: %j', async (body, sentence) => {
      mockToast.mockImplementation(() => {});
      renderInStudio(<HeaderAction />);
      await screen.findByRole('button', { name: /Reviews/ });
      await press(409, body);
      expect(await screen.findByRole('alert')).toHaveTextContent(sentence);
      act(() => mockToast.mock.lastCall[1].onClick());
      await screen.findByRole('dialog', { name: 'Review: Bread' });
      expect(Object.fromEntries(search())).toEqual({ reviews: 'all', 'reviews-whose': 'all' });
    });

    it('is left to Studio if it was no publish', async () => {
      const fields = 'http://studio.test/api/xblock/v2/xblocks/lb:Test:Bread:html:salt/fields/';
      mockToast.mockImplementation(() => {});
      studio.onPost(fields).reply(409, STANDARD);
      renderInStudio(<HeaderAction />);
      await screen.findByRole('button', { name: /Reviews/ });
      await act(() => getAuthenticatedHttpClient().post(fields).catch(() => {}));
      // If it were said, it would be said before this one.
      await press(409, REFUSAL);
      await waitFor(() => expect(mockToast).toHaveBeenCalledTimes(1));
      expect(mockToast.mock.lastCall[0]).toMatch(/3 of 7/);
    });
  });

  it.each([
    [409, { code: 'other_veto', detail: 'No.' }],
    [409, { ...REFUSAL, unreviewed: undefined }],
    [409, null],
    [500, REFUSAL],
  ])('is left to Studio if it is %d with %j', async (status, body) => {
    mockToast.mockImplementation(() => {});
    renderInStudio(<HeaderAction />);
    await screen.findByRole('button', { name: /Reviews/ });
    await press(status, body);
    // If it were said, it would be said before this one.
    await press(409, { ...REFUSAL, unreviewed_count: 1 });
    await waitFor(() => expect(mockToast).toHaveBeenCalled());
    expect(mockToast.mock.calls.map(([sentence]) => sentence)).toEqual([
      'Nothing was published. 1 of 7 changes is not reviewed yet.',
    ]);
  });
});

it.each(['libraries/v2/lib:Test:Bread/blocks/', 'xblock/v2/xblocks/lb:Test:Bread:html:salt/fields/'])(
  'counts anew after an edit through %s',
  async (path) => {
    studio.onPost(`http://studio.test/api/${path}`).reply(200, {});
    renderInStudio(<HeaderAction />);
    await screen.findByRole('button', { name: /2 changes to review/ });
    studio.onGet(LIBRARY).reply(200, aLibrary({ waits_for_me: { to_review: 3, to_answer: 0 } }));
    await act(() => getAuthenticatedHttpClient().post(`http://studio.test/api/${path}`));
    expect(await screen.findByRole('button', { name: /3 changes to review/ })).toBeVisible();
  },
);

it('does not count anew for what has nothing to do with libraries', async () => {
  const elsewhere = 'http://studio.test/api/contentstore/v1/home';
  studio.onPost(elsewhere).reply(200, {});
  const { queryClient } = renderInStudio(<HeaderAction />);
  await screen.findByRole('button', { name: /Reviews/ });
  const stale = jest.spyOn(queryClient, 'invalidateQueries');
  await act(() => getAuthenticatedHttpClient().post(elsewhere));
  expect(stale).not.toHaveBeenCalled();
});

it('counts anew after an edit in Studio, and not after it has only looked at something', async () => {
  const fields = 'http://studio.test/api/xblock/v2/xblocks/lb:Test:Bread:html:salt/fields/';
  studio.onGet(fields).reply(200, {});
  studio.onPost(fields).reply(200, {});
  const asked = () => studio.history.get!.filter(({ url }) => url === LIBRARY).length;
  renderInStudio(<HeaderAction />);
  await screen.findByRole('button', { name: /Reviews/ });
  await act(() => getAuthenticatedHttpClient().get(fields));
  expect(asked()).toBe(1);
  await act(() => getAuthenticatedHttpClient().post(fields));
  await waitFor(() => expect(asked()).toBe(2));
});
