import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { refusalOf } from './refusal.ts';

/** New logins after one lost answer; more are a loop. */
const MOST_NEW_FLOWS = 2;

const check: Check = {
  id: 'CODE-05',
  suite: 'code-handling',
  level: 'INFO',
  title: 'A code whose answer was lost is sent once more at most',
  failure: 'A code whose answer was lost is sent again and again',
  why: 'When the connection breaks nobody knows whether the code was used up. One more attempt is understandable; after that only a new login helps.',
  remedy: 'Send the code once more at most, then start a new login: `retry: { limit: 1 }` on the code exchange.',
  references: ['RFC 6749 §4.1.2'],
  scenarios: ['refused-codes'],
  untested: 'Let a login come to its token request, so that its answer can be lost.',
  judge: (scenario, { run }) => {
    const refusal = refusalOf(scenario, 'lost-answer', 'reset-after-commit', run.driver);
    if (refusal === undefined) return undefined;
    const { first, attempt, newFlows, hidden } = refusal;
    const again = attempt.exchanges.slice(1).map(({ seq }) => seq);
    if (again.length > 1) {
      return fail(
        `A code whose answer was lost was sent ${String(again.length)} more times; one more at most was expected.`,
        [first.seq, ...again],
      );
    }
    if (newFlows.length > MOST_NEW_FLOWS) {
      return fail(`A lost answer led to ${String(newFlows.length)} new logins; one was expected at most.`, newFlows);
    }
    if (hidden !== undefined) {
      return fail(`The answer to a code was lost, and ${hidden}; an error or a new login was expected.`, [
        attempt.ended,
        first.seq,
      ]);
    }
    return pass(
      again.length === 0
        ? 'A code whose answer was lost was not sent again.'
        : 'A code whose answer was lost was sent once more.',
      [first.seq, ...again, ...newFlows],
    );
  },
};
export default check;
