import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { eachOf } from '../counted.ts';
import { answerOf, cost, encounter, kept, silent } from './answered.ts';

/** The faults in the order of the scenario; only the first one is temporary. */
const PHASES = ['rate-limited', 'inactive-user', 'invalid-client', 'unsupported-grant-type'];
const TRANSIENT = 'rate-limited';

export default defineCheck({
  id: 'ERR-06',
  suite: 'error-handling',
  level: 'SHOULD',
  title: 'Every other error is reported, and a temporary one does not cost the refresh token',
  failure: 'An error that does not reject the refresh token is not reported, or costs the token',
  why: 'inactive_user and invalid_client need an administrator, rate_limit_exceeded is temporary. None of them means that the refresh token is invalid.',
  remedy:
    'Report each error with its `error` and `error_description`, and keep the tokens unless the response says that the refresh token is invalid: `if (error_description !== "expired access/refresh token") throw new RefreshFailed(error, error_description)`. On Salesforce `invalid_grant` alone does not say that: temporary errors have the same code.',
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
        const message = `A refresh was answered ${answerOf(one)}, which is temporary, and ${lost.how}.`;
        return lost.broken === undefined
          ? fail(message, lost.evidence)
          : inconclusive(message, lost.evidence, { broken: lost.broken });
      }
    }
    const spared = met.some((one) => one.phase === TRANSIENT && kept(one));
    return pass(
      `${eachOf(met.length, 'error')} was reported${spared ? ', and the refresh token was kept after rate_limit_exceeded' : ''}.`,
      met.flatMap(({ ended, refused }) => [refused.seq, ended]),
    );
  },
});
