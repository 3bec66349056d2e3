import { getAuthenticatedHttpClient } from '@edx/frontend-platform/auth';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import { closePanel, INITIAL_STATE, setPanelState } from '../panelState';
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
  closePanel();
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
  });

  it('says nothing of a number when nothing waits', async () => {
    const counts = {
      unpublished: 0, reviewed: 0, unreviewed: 0, skipped: 0,
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
    const { container } = renderInStudio(<HeaderAction />);
    await waitFor(() => expect(studio.history.get).toHaveLength(1));
    await waitFor(() => expect(container).toBeEmptyDOMElement());
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
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('complementary')).not.toBeInTheDocument();
    expect(button).toHaveFocus();
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

  it('says so when the server has failed, and tries again', async () => {
    const user = userEvent.setup();
    studio.onGet(LIBRARY).reply(500);
    renderInStudio(<HeaderAction />);
    await user.click(await screen.findByRole('button', { name: 'Reviews' }, { timeout: 5000 }));
    expect(await screen.findByText(/Something went wrong in Studio \(error 500\)/, {}, { timeout: 5000 })).toBeVisible();
    studio.onGet(LIBRARY).reply(200, aLibrary());
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Salt')).toBeVisible();
  });
});

describe('a publish that was refused', () => {
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
    expect(sentence).toBe('Nothing was published: 3 of 7 changes have not been reviewed.');
    studio.onGet(`${API}/entities/?key=lb%3ATest%3ABread%3Ahtml%3Asalt`).reply(200, { results: [anEntity()], missing: [] });
    // Studio's toast is hidden from screen readers.
    expect(await screen.findByRole('alert')).toHaveTextContent(sentence);
    act(() => action.onClick());
    expect(mockCloseToast).toHaveBeenCalled();
    expect(await screen.findByRole('heading', { name: '3 changes stood in the way of publishing' })).toBeVisible();
    expect(await screen.findByRole('heading', { name: 'Salt' })).toBeVisible();
    expect(screen.getByText('The first 1 of them:')).toBeVisible();
  });

  it('is explained by ourselves where Studio has no place for it', async () => {
    const user = userEvent.setup();
    await publish();
    studio.onGet(new RegExp(`${API}/entities/`)).reply(200, { results: [anEntity()], missing: [] });
    await user.click(await screen.findByRole('button', { name: 'Show what is missing' }));
    expect(await screen.findByRole('heading', { name: '3 changes stood in the way of publishing' })).toBeVisible();
  });

  it.each([
    [409, { code: 'other_veto', detail: 'No.' }],
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
      'Nothing was published: 1 of 7 changes has not been reviewed.',
    ]);
  });
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
