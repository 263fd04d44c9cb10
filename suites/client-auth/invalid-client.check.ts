import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import type { ClientAuthenticationFacts } from '../../src/history/facts.ts';
import { howMany } from '../counted.ts';
import { notAwaited } from '../authorization-request/attempt.ts';
import { refusalOf } from '../code-handling/refusal.ts';

/** Token requests allowed around `invalid_client`: the refused one and one retry. */
const MOST = 2;

export default defineCheck({
  id: 'CA-11',
  suite: 'client-auth',
  level: 'SHOULD',
  title: 'invalid_client is reported, without retrying or changing credentials',
  failure: 'After invalid_client the client keeps retrying, or tries other secrets',
  why: 'Retrying does not make wrong credentials right. A public client that falls back to a secret, or a client that tries several, looks like an attack and hides the cause.',
  remedy:
    'On `invalid_client` stop and report the error to the operator of the client: its configuration is wrong. Retry once at most, with the same credentials.',
  references: ['RFC 6749 §5.2'],
  scenarios: ['refused-codes'],
  untested: 'Let a login reach its token request, so that its credentials can be refused.',
  judge: (scenario, { run }) => {
    const refusal = refusalOf(scenario, 'invalid-client', 'invalid-client', run.driver);
    if (refusal === undefined) return undefined;
    const { first, hidden, attempt, newFlows } = refusal;
    const requests = attempt.part.codeExchanges;
    const guess = requests.find(({ facts }) => triesAnother(first.facts.auth, facts.auth));
    if (guess !== undefined) {
      return fail('After invalid_client the client sent a secret that it had not sent before; none was expected.', [
        guess.seq,
        first.seq,
      ]);
    }
    if (requests.length > MOST) {
      return fail(
        `After invalid_client the client sent ${howMany(requests.length - 1, 'more token request')}; at most one was expected.`,
        requests.map(({ seq }) => seq),
      );
    }
    if (hidden !== undefined) {
      return fail(`The client received invalid_client, and ${hidden}; an error was expected.`, [
        attempt.ended,
        first.seq,
      ]);
    }
    if (attempt.ending === 'not-awaited' && newFlows.length === 0) return notAwaited(attempt);
    return pass(
      `After invalid_client the client sent ${requests.length > 1 ? 'one more token request' : 'no further token request'} and no other secret.`,
      [...requests.map(({ seq }) => seq), attempt.ended],
    );
  },
});

/** Returns whether the second request carries a secret where the first had none, or a wrong secret where the first had none wrong. */
function triesAnother(before: ClientAuthenticationFacts, now: ClientAuthenticationFacts): boolean {
  const places = (auth: ClientAuthenticationFacts) => [auth.body, auth.basic, auth.query];
  const had = places(before);
  const has = places(now);
  const some = (presences: typeof had): boolean => presences.some((presence) => presence !== 'absent');
  return (!some(had) && some(has)) || (!had.includes('wrong') && has.includes('wrong'));
}
