import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';
import { notAwaited } from '../authorization-request/attempt.ts';
import { refusalOf } from './refusal.ts';

/** New logins allowed after one lost answer; more are a loop. */
const MOST_NEW_FLOWS = 2;

export default defineCheck({
  id: 'CODE-05',
  suite: 'code-handling',
  level: 'INFO',
  title: 'After a lost response a code is sent at most once more',
  failure: 'After a lost response a code is sent again and again',
  why: 'When the connection breaks, the client cannot know whether the code was redeemed. One more attempt is acceptable; after that only a new login helps.',
  remedy: 'Send the code at most once more, then start a new login: `retry: { limit: 1 }` on the code exchange.',
  references: ['RFC 6749 §4.1.2'],
  scenarios: ['refused-codes'],
  untested: 'Let a login reach its token request, so that the response can be lost.',
  judge: (scenario, { run }) => {
    const refusal = refusalOf(scenario, 'lost-answer', 'reset-after-commit', run.driver);
    if (refusal === undefined) return undefined;
    const { first, attempt, newFlows, hidden } = refusal;
    const again = attempt.exchanges.slice(1).map(({ seq }) => seq);
    if (again.length > 1) {
      return fail(
        `After a lost response a code was sent ${howMany(again.length, 'more time')}; at most once more was expected.`,
        [first.seq, ...again],
      );
    }
    if (newFlows.length > MOST_NEW_FLOWS) {
      return fail(
        `A lost response led to ${howMany(newFlows.length, 'new login')}; at most one was expected.`,
        newFlows,
      );
    }
    if (hidden !== undefined) {
      return fail(`The response to a code exchange was lost, and ${hidden}; an error or a new login was expected.`, [
        attempt.ended,
        first.seq,
      ]);
    }
    if (attempt.ending === 'not-awaited' && newFlows.length === 0) return notAwaited(attempt);
    return pass(
      again.length === 0
        ? 'After a lost response the code was not sent again.'
        : 'After a lost response the code was sent once more.',
      [first.seq, ...again, ...newFlows],
    );
  },
});
