import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';
import { notAwaited, repeatsAnyway } from '../authorization-request/attempt.ts';
import { refusalOf } from '../code-handling/refusal.ts';

export default defineCheck({
  id: 'PKCE-15',
  suite: 'pkce',
  level: 'SHOULD',
  title: 'After a refused verifier neither it nor its code is used again',
  failure: 'After a refused verifier the same code or verifier is sent again',
  why: 'A refused verifier may mean that an attacker injected a foreign code. The code is used up either way; only a new login is safe.',
  remedy:
    'On `invalid_grant` "invalid code verifier" drop code and verifier, report that the login failed, and generate a new verifier for the next one.',
  references: ['RFC 6749 §5.2', 'RFC 7636 §4.6'],
  scenarios: ['refused-codes'],
  untested: 'Let a login reach its token request, so that its verifier can be refused.',
  relies: ['verifier-sent', 'verifier-fresh', 'code-used-once'],
  judge: (scenario, { run }) => {
    const refusal = refusalOf(scenario, 'invalid-verifier', 'invalid-verifier', run.driver);
    if (refusal === undefined) return undefined;
    const { first, again, hidden, newFlows, attempt } = refusal;
    const { verifier } = first.facts;
    if (verifier === null) return undefined;
    if (again.length > 0 && repeatsAnyway(scenario)) {
      return inconclusive('This client also sends the code of an ordinary login more than once.', [first.seq]);
    }
    if (again.length > 0) {
      return fail(
        `A code whose verifier was refused was sent ${howMany(again.length, 'more time')}; no further attempt was expected.`,
        [first.seq, ...again.map(({ seq }) => seq)],
      );
    }
    const reused = attempt.part.codeExchanges.find(
      ({ facts }) => facts.verifier?.label === verifier.label && facts.code?.label !== first.facts.code?.label,
    );
    if (reused !== undefined) {
      return fail('A refused verifier was used for another login; a new one was expected.', [reused.seq, first.seq]);
    }
    if (hidden !== undefined) {
      return fail(`A verifier was refused, and ${hidden}; an error or a new login was expected.`, [
        attempt.ended,
        first.seq,
      ]);
    }
    if (attempt.ending === 'not-awaited' && newFlows.length === 0) return notAwaited(attempt);
    return pass(
      newFlows.length > 0
        ? 'After its verifier was refused the client began a new login.'
        : 'After its verifier was refused the client reported the failure and did not send the code again.',
      [first.seq, ...newFlows, attempt.ended],
    );
  },
});
