/** What people write into titles, names and notes is shown letter by letter, wherever it is shown. */
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import { ErrorMessage } from '../common';
import { INITIAL_STATE, seenRecords, setPanelState } from '../panelState';
import {
  aLibrary, anEntity, aPage, aPerson, aReview, LIBRARY_KEY,
} from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import { VersionStatus } from '../unit-page/VersionStatus';
import { ReviewPanel } from './ReviewPanel';

const LIBRARY = `${API}/libraries/lib%3ATest%3ABread/`;
const SALT = `${API}/entities/lb%3ATest%3ABread%3Ahtml%3Asalt/`;

const TEXTS = [
  ['markup', '<img src="x" onerror="alert(1)"><script>alert(1)</script><b>bold</b>'],
  ['entities', '&lt;script&gt;alert(1)&lt;/script&gt; &amp;'],
  // eslint-disable-next-line no-template-curly-in-string
  ['templates', "{{7*7}} ${7*7} {name, plural, other {#}} '{name}' <0>"],
  // eslint-disable-next-line no-script-url
  ['addresses', 'javascript:alert(1)'],
  ['turned around', 'abc\u202Egnp.exe'],
  ['emoji', '💥👩\u200D👩\u200D👧'],
] as const;

let studio: MockAdapter;

beforeEach(() => {
  seenRecords.clear();
  setPanelState(INITIAL_STATE);
  studio = mockStudio('rita');
});

/** The elements that only markup could have made. */
const madeOf = (container: HTMLElement) => container.querySelectorAll('script, b, [onerror], [src="x"], [href^="javascript"]');

describe.each(TEXTS)('%s', (_name, text) => {
  const person = aPerson('eve', text);
  const review = aReview({
    note: text, reviewer: person, withdrawn_at: '2026-01-04T03:04:05Z', withdrawn_by: person,
  });

  it('is text on the panel and in the history', async () => {
    studio.onGet(LIBRARY).reply(200, aLibrary({ title: text }));
    studio.onGet(new RegExp(`^${LIBRARY}entities/`)).reply(200, aPage([anEntity({
      title: text,
      changed_by: person,
      is_reviewed: true,
      reviews: [review],
      requests: [{
        ...review, id: 2, verdict: 'changes_requested', withdrawn_reason: text,
      }],
      outdated_requests: [{ ...review, id: 3, verdict: 'changes_requested' }],
      contained_in: [{ key: 'lct:Test:Bread:unit:dough', title: text }],
    })]));
    studio.onGet(new RegExp(`^${SALT}reviews/`)).reply(200, { ...aPage([]), results: [review] });
    const { container } = renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);

    expect((await screen.findByRole('heading', { name: text })).textContent).toBe(text);
    const card = screen.getAllByRole('listitem').find((item) => within(item).queryByRole('heading', { name: text }))!;
    expect([...card.querySelectorAll('q')].map(({ textContent }) => textContent)).toEqual([text, text, text, text]);
    expect(card.textContent).toContain(`by ${text}`);
    expect(card.textContent).toContain(`In ${text}`);
    expect(madeOf(container)).toHaveLength(0);

    await userEvent.setup().click(within(card).getByRole('button', { name: /history/i }));
    expect((await screen.findAllByText(text, { selector: 'q' })).length).toBeGreaterThan(0);
    expect(madeOf(document.body)).toHaveLength(0);
  });

  it('is text in an error', () => {
    const error = { response: { status: 409, data: { code: 'stale_review', detail: text } } };
    const { container } = renderInStudio(<ErrorMessage error={error} />);
    expect(screen.getByRole('alert').textContent).toBe(text);
    expect(madeOf(container)).toHaveLength(0);
  });

  it('is text on the page of a unit', () => {
    const { container } = renderInStudio(<VersionStatus
      label="In this course"
      version={{
        key: 'lb:Test:Bread:html:salt', title: text, version_num: 1, is_reviewed: true, reviews: [review],
      }}
    />);
    expect(container.querySelector('q')!.textContent).toBe(text);
    expect(container.querySelector('bdi')!.textContent).toBe(text);
    expect(madeOf(container)).toHaveLength(0);
  });
});
