import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { Entity } from '../data/api';
import { useEntity } from '../data/queueHooks';
import { anEntity, aPerson, aRequest } from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import { Requests } from './Requests';
import { useStatus } from './useStatus';

const DISMISSAL = `${API}/entities/lb%3ATest%3ABread%3Ahtml%3Asalt/reviews/5/dismissal/`;
const DISMISS = { name: 'Dismiss Otto’s request: Salt' };
const CONFIRM = { name: 'Confirm: dismiss Otto’s request: Salt' };

let studio: MockAdapter;

const Shown = ({ entity, mayDismiss }: { entity: Entity, mayDismiss: boolean }) => {
  const { say, status } = useStatus();
  return <><Requests entity={entity} mayDismiss={mayDismiss} say={say} />{status}</>;
};

const show = (change: Partial<Entity>, mayDismiss = true) => {
  renderInStudio(<Shown entity={anEntity(change)} mayDismiss={mayDismiss} />);
  return userEvent.setup();
};

beforeEach(() => { studio = mockStudio('rita'); });

it('are listed apart from those that came before the latest edit', () => {
  show({ requests: [aRequest()], outdated_requests: [aRequest({ id: 6, note: 'Spell it right.' })] }, false);
  const [requested, outdated] = screen.getAllByRole('list');
  expect(requested).toBe(screen.getByRole('list', { name: 'Changes requested' }));
  expect(within(requested!).getByText('Name the amount.')).toBeVisible();
  expect(outdated!.parentElement).toHaveTextContent(/^Requested on an earlier version:Changes requested by Otto/);
  expect(within(outdated!).getByText('Spell it right.')).toBeVisible();
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});

it('are dismissed by those who may, with a reason', async () => {
  const user = show({ requests: [aRequest()], outdated_requests: [aRequest({ id: 6 })] });
  studio.onPost(DISMISSAL).reply(200, anEntity());
  const dismiss = screen.getByRole('button', DISMISS);
  expect(dismiss).toHaveAttribute('aria-expanded', 'false');
  await user.click(dismiss);
  expect(dismiss).toHaveAttribute('aria-expanded', 'true');
  const field = screen.getByRole('textbox', { name: 'Why is it dismissed?' });
  expect(field).toHaveFocus();
  await user.keyboard('  ');
  expect(screen.queryByText('Say why it is dismissed.')).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', CONFIRM));
  expect(screen.getByText('Say why it is dismissed.')).toBeVisible();
  expect(field).toHaveFocus();
  expect(studio.history.post).toHaveLength(0);

  await user.keyboard('It is named below. ');
  expect(screen.queryByText('Say why it is dismissed.')).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', CONFIRM));
  expect(await screen.findByText('Request dismissed: Salt')).toBeVisible();
  expect(studio.history.post!.map(({ url, data }) => [url, JSON.parse(data)])).toEqual([
    [DISMISSAL, { reason: 'It is named below.' }],
  ]);
});

it('stay where a dismissal was refused, which is said, and so does the reason', async () => {
  const user = show({ requests: [aRequest()] });
  studio.onPost(DISMISSAL).reply(404, { code: 'no_request', detail: 'There is no such request.', details: {} });
  await user.click(screen.getByRole('button', DISMISS));
  await user.keyboard('Why not.{Tab}{Enter}');
  expect(await screen.findByText('There is no such request.')).toBeVisible();
  expect(screen.getByRole('textbox')).toHaveValue('Why not.');
  expect(screen.getByText('Name the amount.')).toBeVisible();
});

it('are not dismissed by who made them', () => {
  show({ requests: [aRequest({ reviewer: aPerson('rita', 'Rita') })] });
  expect(screen.getByText('Name the amount.')).toBeVisible();
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});

const Loaded = () => {
  const { data: entity } = useEntity('lb:Test:Bread:html:salt', '1');
  return entity ? <Shown entity={entity} mayDismiss /> : null;
};

it('are gone once they are dismissed, and the line that says so has the focus', async () => {
  const answers = (entity: Entity) => (
    studio.onGet(new RegExp(`^${API}/entities/`)).reply(200, { results: [entity], missing: [] })
  );
  answers(anEntity({ requests: [aRequest()] }));
  studio.onPost(DISMISSAL).reply(() => {
    answers(anEntity());
    return [200, anEntity()];
  });
  const user = userEvent.setup();
  renderInStudio(<Loaded />);
  await user.click(await screen.findByRole('button', DISMISS));
  await user.keyboard('Why not.{Tab}{Enter}');
  await waitFor(() => expect(screen.queryByRole('list')).not.toBeInTheDocument());
  await waitFor(() => expect(screen.getByText('Request dismissed: Salt')).toHaveFocus());
});
