import type { Check } from '../../src/grade/check.ts';
import { fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { answerOf, cost, encounter, kept, silent } from './answered.ts';

/** What the client meets, in the order of the scenario; only the first passes by itself. */
const PHASES = ['rate-limited', 'inactive-user', 'invalid-client', 'unsupported-grant-type'];
const TRANSIENT = 'rate-limited';

const check: Check = {
  id: 'ERR-06',
  suite: 'error-handling',
  level: 'SHOULD',
  title: 'A refusal that says nothing of the refresh token is reported, and one that passes costs no token',
  failure: 'A refusal that says nothing of the refresh token is swallowed, or costs the token',
  why: 'inactive_user and invalid_client need an administrator, rate_limit_exceeded passes by itself. None of them says that the refresh token is dead.',
  remedy:
    'Report each refusal with its `error` and `error_description`, and keep the tokens unless the answer says that the refresh token is dead: `if (error_description !== "expired access/refresh token") throw new RefreshFailed(error, error_description)`. On Salesforce `invalid_grant` alone does not say it: it is also the error of refusals that pass.',
  references: ['RFC 6749 §5.2'],
  scenarios: ['error-answers'],
  untested: 'Let the token endpoint refuse refreshes of the client with rate_limit_exceeded and other errors.',
  relies: ['chain-kept', 'refresh-survived', 'refreshes-after-failure', 'login-recovers'],
  judge: (scenario) => {
    const met = PHASES.flatMap((phase) => encounter(scenario, phase) ?? []);
    if (met.length === 0) return undefined;
    for (const one of met) {
      const wrong = silent(one);
      if (wrong !== undefined) return fail(wrong, [one.ended, one.refused.seq]);
      const lost = one.phase === TRANSIENT ? cost(scenario, one) : undefined;
      if (lost !== undefined) {
        const message = `A refresh was answered ${answerOf(one)}, which passes by itself, and ${lost.how}.`;
        return lost.broken === undefined
          ? fail(message, lost.evidence)
          : inconclusive(message, lost.evidence, { broken: lost.broken });
      }
    }
    const spared = met.some((one) => one.phase === TRANSIENT && kept(one));
    return pass(
      `Each of ${String(met.length)} refusals was reported${spared ? ', and rate_limit_exceeded cost no refresh token' : ''}.`,
      met.flatMap(({ ended, refused }) => [refused.seq, ended]),
    );
  },
};
export default check;
