/** What an administrator has chosen in the settings and not saved yet, and which of it would change the policy. */
import type { Library } from '../data/api';
import type {
  ModeEnum, PolicyValues, ReviewStartsEnum, WhoMayReviewEnum,
} from '../data/policy';

export const MOST_REVIEWERS = 20;
// From the weakest to the strictest.
export const MODES: ModeEnum[] = ['off', 'advisory', 'required'];
export const RULES: WhoMayReviewEnum[] = ['anybody', 'not_last_editor', 'not_contributors'];
// None of these is weaker.
export const STARTS: ReviewStartsEnum[] = ['every_save', 'when_asked'];

/**
 * A value is undefined until the administrator chooses one: the form shows the library's value until then, also if
 * another administrator changes it. Null stands for the site's default.
 */
export interface Draft {
  mode?: ModeEnum;
  /** As it was typed. */
  reviewers?: string | null;
  rule?: WhoMayReviewEnum | null;
  starts?: ReviewStartsEnum | null;
}

export const isNumberOfReviewers = (text: string): boolean => (
  Number.isInteger(Number(text)) && Number(text) >= 1 && Number(text) <= MOST_REVIEWERS
);

/** What to send: empty if nothing would change. */
export const changesOf = (library: Library, {
  mode, reviewers, rule, starts,
}: Draft): PolicyValues => {
  const changes: PolicyValues = {};
  if (mode && mode !== library.mode) { changes.mode = mode; }
  if (reviewers === null) {
    if (library.required_reviewers_by === 'policy') { changes.required_reviewers = null; }
  } else if (reviewers !== undefined && Number(reviewers) !== library.required_reviewers) {
    changes.required_reviewers = Number(reviewers);
  }
  const ruleNow = library.who_may_review_by === 'policy' ? library.who_may_review : null;
  if (rule !== undefined && rule !== ruleNow) { changes.who_may_review = rule; }
  const startsNow = library.review_starts_by === 'policy' ? library.review_starts : null;
  if (starts !== undefined && starts !== startsNow) { changes.review_starts = starts; }
  return changes;
};

const isLower = <Value>(order: Value[], after: Value | null | undefined, before: Value) => (
  // Of the site's default, only the server knows what it is.
  after !== null && after !== undefined && order.indexOf(after) < order.indexOf(before)
);

export const opensGate = (library: Library, { mode }: PolicyValues): boolean => isLower(MODES, mode, library.mode);

/** Whether a rule gets weaker, as far as is known here: the server has the last word. */
export const isWeaker = (library: Library, changes: PolicyValues): boolean => (
  opensGate(library, changes)
  || isLower(RULES, changes.who_may_review, library.who_may_review)
  || (changes.required_reviewers ?? Infinity) < library.required_reviewers
);
