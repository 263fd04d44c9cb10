import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import type { ClientAuthenticationFacts } from '../../src/history/facts.ts';
import { refusalOf } from '../code-handling/refusal.ts';

/** Token requests that `invalid_client` may lead to: the refused one and one more. */
const MOST = 2;

const check: Check = {
  id: 'CA-11',
  suite: 'client-auth',
  level: 'SHOULD',
  title: 'invalid_client is reported, not fought',
  failure: 'After invalid_client the client goes on trying, or tries other secrets',
  why: 'Wrong credentials do not get better by repetition. A public client that falls back to a secret, or one that tries several, looks like an attack and hides the cause.',
  remedy:
    'On `invalid_client` stop and report it to whoever runs the client: its configuration is wrong. Try once more at most, with the same credentials.',
  references: ['RFC 6749 §5.2'],
  scenarios: ['refused-codes'],
  untested: 'Let a login come to its token request, so that its credentials can be refused.',
  judge: (scenario, { run }) => {
    const refusal = refusalOf(scenario, 'invalid-client', 'invalid-client', run.driver);
    if (refusal === undefined) return undefined;
    const { first, hidden, attempt } = refusal;
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
        `invalid_client led to ${String(requests.length - 1)} more token requests; one at most was expected.`,
        requests.map(({ seq }) => seq),
      );
    }
    if (hidden !== undefined) {
      return fail(`The client was refused as invalid_client, and ${hidden}; an error was expected.`, [
        attempt.ended,
        first.seq,
      ]);
    }
    return pass(
      `invalid_client led to ${requests.length > 1 ? 'one more token request' : 'no further token request'} and to no other secret.`,
      [...requests.map(({ seq }) => seq), attempt.ended],
    );
  },
};
export default check;

/** A secret where there was none at all, or a wrong one where there was none wrong. */
function triesAnother(before: ClientAuthenticationFacts, now: ClientAuthenticationFacts): boolean {
  const places = (auth: ClientAuthenticationFacts) => [auth.body, auth.basic, auth.query];
  const had = places(before);
  const has = places(now);
  const some = (presences: typeof had): boolean => presences.some((presence) => presence !== 'absent');
  return (!some(had) && some(has)) || (!had.includes('wrong') && has.includes('wrong'));
}
