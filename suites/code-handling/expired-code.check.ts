import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';
import { notAwaited, repeatsAnyway } from '../authorization-request/attempt.ts';
import { refusalOf } from './refusal.ts';

export default defineCheck({
  id: 'CODE-04',
  suite: 'code-handling',
  level: 'SHOULD',
  title: 'An expired code is not sent again',
  failure: 'An expired code is sent again, or its refusal is not reported',
  why: 'An expired code never works again. Only a new login helps, and the user has to know that.',
  remedy:
    'On `invalid_grant` "expired authorization code" drop the code and report it, or start a new login: `throw new LoginFailed("Please connect again")`.',
  references: ['RFC 6749 §5.2', 'RFC 6749 §4.1.2'],
  scenarios: ['refused-codes'],
  untested: 'Let a login reach its token request, so that its code can be refused.',
  relies: ['code-used-once'],
  judge: (scenario, { run }) => {
    const refusal = refusalOf(scenario, 'expired-code', 'expired-code', run.driver);
    if (refusal === undefined) return undefined;
    const { first, again, hidden, attempt, newFlows } = refusal;
    if (again.length > 0 && repeatsAnyway(scenario)) {
      return inconclusive('This client also sends the code of an ordinary login more than once.', [first.seq]);
    }
    if (again.length > 0) {
      return fail(`An expired code was sent ${howMany(again.length, 'more time')}; no further attempt was expected.`, [
        first.seq,
        ...again.map(({ seq }) => seq),
      ]);
    }
    if (hidden !== undefined) {
      return fail(`A code was refused as expired, and ${hidden}; an error or a new login was expected.`, [
        attempt.ended,
        first.seq,
      ]);
    }
    if (attempt.ending === 'not-awaited' && newFlows.length === 0) return notAwaited(attempt);
    return pass(
      newFlows.length > 0
        ? 'After its code had expired the client began a new login.'
        : 'After its code had expired the client reported the failure and did not send the code again.',
      [first.seq, ...newFlows, attempt.ended],
    );
  },
});
