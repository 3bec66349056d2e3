import { getAuthenticatedHttpClient } from '@edx/frontend-platform/auth';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';
import { Link } from 'react-router-dom';

import { reviewsKeys } from '../data/apiHooks';
import {
  closePanel, INITIAL_STATE, seenRecords, setPanelState,
} from '../panelState';
import { aLibrary, anEntity, aPage } from '../testing/data';
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
  seenRecords.clear();
  setPanelState(INITIAL_STATE);
  mockToast.mockReset();
  studio = mockStudio();
  studio.onGet(LIBRARY).reply(200, aLibrary());
  studio.onGet(new RegExp(`${LIBRARY}entities/`)).reply(200, aPage([anEntity()]));
});

describe('the button in the header', () => {
  it('says how many changes await review', async () => {
    renderInStudio(<HeaderAction />);
    expect(await screen.findByRole('button', { name: 'Reviews: 2 changes await review' })).toHaveTextContent('Reviews2');
    expect(document.body).toHaveFocus();
  });

  it.each([
    [1, 'Reviews: 1 change awaits review', 'Reviews1'],
    [1_234, 'Reviews: 1,234 changes await review', 'Reviews1,234'],
  ])('says of %d what one says of it', async (unreviewed, name, text) => {
    studio.onGet(LIBRARY).reply(200, aLibrary({ counts: { ...aLibrary().counts, unreviewed } }));
    renderInStudio(<HeaderAction />);
    expect(await screen.findByRole('button', { name })).toHaveTextContent(text);
  });

  it.each([
    [1, 'Reviews: 2 changes await review; 1 of yours needs changes', 'Reviews21 needs changes1 !'],
    [3, 'Reviews: 2 changes await review; 3 of yours need changes', 'Reviews23 need changes3 !'],
  ])('says to authors in how many of theirs changes are requested: %d', async (requested, name, text) => {
    studio.onGet(LIBRARY).reply(200, aLibrary({ mine: { ...aLibrary().mine, changes_requested: requested } }));
    renderInStudio(<HeaderAction />);
    // In words where there is room for them.
    expect(await screen.findByRole('button', { name })).toHaveTextContent(text);
  });

  it('counts each library for itself', async () => {
    const user = userEvent.setup();
    studio.onGet(/lib%3ATest%3ACake\/$/).reply(200, aLibrary({ counts: { ...aLibrary().counts, unreviewed: 5 } }));
    renderInStudio(<><Link to="/library/lib:Test:Cake">Cake</Link><HeaderAction /></>);
    await screen.findByRole('button', { name: 'Reviews: 2 changes await review' });
    await user.click(screen.getByRole('link', { name: 'Cake' }));
    expect(await screen.findByRole('button', { name: 'Reviews: 5 changes await review' })).toBeVisible();
  });

  it('is not there before it is known whether there is anything to see', async () => {
    studio.onGet(LIBRARY).reply(() => new Promise(() => {}));
    const { container } = renderInStudio(<HeaderAction />);
    await waitFor(() => expect(studio.history.get).toHaveLength(1));
    expect(container).toBeEmptyDOMElement();
  });

  it('says nothing of a number when nothing waits', async () => {
    const counts = {
      unpublished: 0, reviewed: 0, unreviewed: 0, changes_requested: 0, skipped: 0,
    };
    studio.onGet(LIBRARY).reply(200, aLibrary({ counts }));
    renderInStudio(<HeaderAction />);
    expect(await screen.findByRole('button', { name: 'Reviews' })).toHaveTextContent(/^Reviews$/);
  });

  it.each(['/home', '/course/course-v1:O+C+R'])('is not on %s, and asks nothing there', async (at) => {
    const { container } = renderInStudio(<HeaderAction />, { at, route: '/course/:courseId/*' });
    expect(container).toBeEmptyDOMElement();
    expect(studio.history).toHaveLength(0);
  });

  it('is not on the pages of an old library', () => {
    const { container } = renderInStudio(<HeaderAction />, { at: '/library/library-v1:O+L' });
    expect(container).toBeEmptyDOMElement();
    expect(studio.history).toHaveLength(0);
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

describe('the panel', () => {
  it('opens with the focus in it, and gives it back when it is closed', async () => {
    const user = userEvent.setup();
    renderInStudio(<HeaderAction />);
    const button = await screen.findByRole('button', { name: /Reviews/ });
    expect(button).toHaveAttribute('aria-expanded', 'false');
    await user.click(button);
    expect(await screen.findByRole('heading', { name: 'Reviews' })).toHaveFocus();
    expect(button).toHaveAttribute('aria-expanded', 'true');
    await user.keyboard('x');
    expect(screen.getByRole('complementary', { name: 'Reviews' })).toBeVisible();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('complementary')).not.toBeInTheDocument();
    expect(button).toHaveFocus();
  });

  it('is closed by the button that opened it', async () => {
    const user = userEvent.setup();
    renderInStudio(<HeaderAction />);
    const button = await screen.findByRole('button', { name: /Reviews/ });
    await user.click(button);
    await screen.findByRole('complementary', { name: 'Reviews' });
    await user.click(button);
    expect(screen.queryByRole('complementary')).not.toBeInTheDocument();
    expect(button).toHaveAttribute('aria-expanded', 'false');
  });

  it('leaves the focus where somebody is by now when it goes away by itself', async () => {
    const user = userEvent.setup();
    renderInStudio(<><input aria-label="Studio’s search" /><HeaderAction /></>);
    await user.click(await screen.findByRole('button', { name: /Reviews/ }));
    await screen.findByRole('complementary', { name: 'Reviews' });
    await user.click(screen.getByRole('textbox', { name: 'Studio’s search' }));
    act(closePanel);
    expect(screen.queryByRole('complementary')).not.toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: 'Studio’s search' })).toHaveFocus();
  });

  it('stays open when Escape closes a dialog that was opened from it', async () => {
    const user = userEvent.setup();
    studio.onGet(LIBRARY).reply(200, aLibrary({ may: { ...aLibrary().may, manage_policy: true } }));
    renderInStudio(<HeaderAction />);
    await user.click(await screen.findByRole('button', { name: /Reviews/ }));
    await user.click(await screen.findByRole('switch'));
    await screen.findByRole('dialog', { name: 'Publish without reviews?' });
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(screen.getByRole('complementary', { name: 'Reviews' })).toBeVisible();
  });

  it('has its filters still when it is opened again', async () => {
    const user = userEvent.setup();
    renderInStudio(<HeaderAction />);
    await user.click(await screen.findByRole('button', { name: /Reviews/ }));
    await user.click(await screen.findByRole('button', { name: 'Edited after review' }));
    await user.click(screen.getByRole('button', { name: 'Close reviews' }));
    expect(screen.queryByRole('complementary')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: /^Reviews/ }));
    expect(await screen.findByRole('button', { name: 'Edited after review' })).toHaveAttribute('aria-pressed', 'true');
  });

  it('is no part of Studio’s header, which would cut it off', async () => {
    const user = userEvent.setup();
    const { container } = renderInStudio(<HeaderAction />);
    await user.click(await screen.findByRole('button', { name: /Reviews/ }));
    expect(container).not.toContainElement(await screen.findByRole('complementary', { name: 'Reviews' }));
  });

  it('shows nothing of one library on the pages of another', async () => {
    const user = userEvent.setup();
    const { queryClient } = renderInStudio(<><Link to="/library/lib:Test:Cake">Cake</Link><HeaderAction /></>);
    await user.click(await screen.findByRole('button', { name: /Reviews/ }));
    await screen.findByRole('heading', { name: 'Salt' });
    // Somebody who was there before: the library is known, and its changes are still to come.
    queryClient.setQueryData(reviewsKeys.library('lib:Test:Cake'), aLibrary({ key: 'lib:Test:Cake' }));
    studio.onGet(/Cake\/entities\//).reply(() => new Promise(() => {}));
    await user.click(screen.getByRole('link', { name: 'Cake' }));
    expect(await screen.findByRole('complementary', { name: 'Reviews' })).toBeVisible();
    expect(screen.queryByRole('heading', { name: 'Salt' })).not.toBeInTheDocument();
  });

  describe('when Studio makes its header anew', () => {
    const open = async () => {
      const user = userEvent.setup();
      const { unmount } = renderInStudio(<HeaderAction />);
      await user.click(await screen.findByRole('button', { name: /Reviews/ }));
      await user.click(await screen.findByRole('button', { name: /^Reviewed/ }));
      return { user, unmount };
    };
    const openAgain = async () => {
      renderInStudio(<HeaderAction />, { at: '/library/lib:Test:Bread/unit/lct:Test:Bread:unit:dough' });
      return screen.findByRole('heading', { name: 'Reviews' });
    };

    it('stays as it is, with the focus that was in it', async () => {
      const { unmount } = await open();
      unmount();
      expect(await openAgain()).toHaveFocus();
      expect(await screen.findByRole('button', { name: /^Reviewed/ })).toHaveAttribute('aria-pressed', 'true');
    });

    it('takes no focus that was elsewhere', async () => {
      const { user, unmount } = await open();
      await user.click(document.body);
      unmount();
      await openAgain();
      expect(document.body).toHaveFocus();
    });
  });

  it('says so when the server has failed twice, and tries again', async () => {
    const user = userEvent.setup();
    studio.onGet(LIBRARY).reply(500);
    renderInStudio(<HeaderAction />);
    const button = await screen.findByRole('button', { name: 'Reviews' }, { timeout: 5000 });
    expect(studio.history.get).toHaveLength(2);
    await user.click(button);
    expect(await screen.findByText(/Something went wrong in Studio \(error 500\)/, {}, { timeout: 5000 })).toBeVisible();
    studio.onGet(LIBRARY).reply(200, aLibrary());
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Salt')).toBeVisible();
  });
});

it('tries once more by itself when there was no answer', async () => {
  studio.onGet(LIBRARY).reply(() => (
    studio.history.get!.length > 1 ? [200, aLibrary()] : Promise.reject(new Error('Network Error'))
  ));
  renderInStudio(<HeaderAction />);
  expect(await screen.findByRole('button', { name: /2 changes await review/ }, { timeout: 5000 })).toBeVisible();
});

it('counts anew when somebody comes back to the page', async () => {
  renderInStudio(<HeaderAction />);
  await screen.findByRole('button', { name: /2 changes await review/ });
  studio.onGet(LIBRARY).reply(200, aLibrary({ counts: { ...aLibrary().counts, unreviewed: 3 } }));
  const later = Date.now() + 6_000;
  jest.spyOn(Date, 'now').mockImplementation(() => later);
  act(() => { window.dispatchEvent(new Event('visibilitychange')); });
  expect(await screen.findByRole('button', { name: /3 changes await review/ })).toBeVisible();
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
    renderInStudio(<HeaderAction />);
    await screen.findByRole('button', { name: /Reviews/ });
    await press(409, REFUSAL);
  };

  it('is explained in the place of Studio’s own message, with a way to what is missing', async () => {
    mockToast.mockImplementation(() => {});
    await publish();
    await waitFor(() => expect(mockToast).toHaveBeenCalledTimes(1));
    const [sentence, action] = mockToast.mock.calls[0];
    expect(sentence).toBe('Nothing was published. 3 of 7 changes are not reviewed yet.');
    studio.onGet(`${API}/entities/?key=lb%3ATest%3ABread%3Ahtml%3Asalt`).reply(200, { results: [anEntity()], missing: [] });
    // Studio's toast is hidden from screen readers.
    expect(await screen.findByRole('alert')).toHaveTextContent(sentence);
    act(() => action.onClick());
    expect(mockCloseToast).toHaveBeenCalled();
    expect(await screen.findByRole('heading', { name: '3 changes still need a review' })).toBeVisible();
    expect(await screen.findByRole('heading', { name: 'Salt' })).toBeVisible();
    expect(screen.getByText('The first 1 of them:')).toBeVisible();
  });

  it('is explained by ourselves where Studio has no place for it', async () => {
    const user = userEvent.setup();
    await publish();
    studio.onGet(new RegExp(`${API}/entities/`)).reply(200, { results: [anEntity()], missing: [] });
    await user.click(await screen.findByRole('button', { name: 'Show what is missing' }));
    expect(await screen.findByRole('heading', { name: '3 changes still need a review' })).toBeVisible();
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
    expect(screen.queryByRole('complementary')).not.toBeInTheDocument();
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

  it('is said in the singular of a single change', async () => {
    mockToast.mockImplementation(() => {});
    renderInStudio(<HeaderAction />);
    await screen.findByRole('button', { name: /Reviews/ });
    await press(409, { ...REFUSAL, unreviewed_count: 1, change_count: 1 });
    expect(await screen.findByRole('alert')).toHaveTextContent('Nothing was published. This change is not reviewed yet.');
  });

  it('is shown alone: closed, the panel forgets it', async () => {
    const user = userEvent.setup();
    await publish();
    studio.onGet(new RegExp(`${API}/entities/`)).reply(200, { results: [anEntity()], missing: [] });
    await user.click(await screen.findByRole('button', { name: 'Show what is missing' }));
    await screen.findByRole('heading', { name: '3 changes still need a review' });
    await user.click(screen.getByRole('button', { name: 'Close reviews' }));
    await user.click(screen.getByRole('button', { name: /^Reviews/ }));
    expect(await screen.findByRole('heading', { name: 'Unpublished changes' })).toBeVisible();
    expect(screen.queryByRole('heading', { name: /still need/ })).not.toBeInTheDocument();
  });

  it('leads to all changes where Studio has a key for none of them', async () => {
    const user = userEvent.setup();
    renderInStudio(<HeaderAction />);
    await screen.findByRole('button', { name: /Reviews/ });
    await press(409, { ...REFUSAL, unreviewed: [{ key: null, title: 'Without a key' }] });
    await user.click(await screen.findByRole('button', { name: 'Show what is missing' }));
    expect(await screen.findByRole('heading', { name: 'Unpublished changes' })).toBeVisible();
    expect(await screen.findByRole('heading', { name: 'Salt' })).toBeVisible();
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
    await screen.findByRole('button', { name: 'Reviews: 2 changes await review' });
    studio.onGet(LIBRARY).reply(200, aLibrary({ counts: { ...aLibrary().counts, unreviewed: 3 } }));
    await press(409, REFUSAL);
    expect(await screen.findByRole('button', { name: 'Reviews: 3 changes await review' })).toBeVisible();
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
      setPanelState({ state: 'reviewed', text: 'pepper' });
      renderInStudio(<HeaderAction />);
      await screen.findByRole('button', { name: /Reviews/ });
      await press(409, body);
      expect(await screen.findByRole('alert')).toHaveTextContent(sentence);
      act(() => mockToast.mock.lastCall[1].onClick());
      expect(await screen.findByRole('button', { name: 'Not reviewed (2)' })).toHaveAttribute('aria-pressed', 'true');
      expect(screen.getByRole('searchbox')).toHaveValue('');
      expect(await screen.findByRole('heading', { name: 'Salt' })).toBeVisible();
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
    await screen.findByRole('button', { name: /2 changes await review/ });
    studio.onGet(LIBRARY).reply(200, aLibrary({ counts: { ...aLibrary().counts, unreviewed: 3 } }));
    await act(() => getAuthenticatedHttpClient().post(`http://studio.test/api/${path}`));
    expect(await screen.findByRole('button', { name: /3 changes await review/ })).toBeVisible();
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
