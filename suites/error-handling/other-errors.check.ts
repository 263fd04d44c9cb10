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
  title: 'Every other refusal is reported, and one that passes costs no refresh token',
  failure: 'A refusal other than invalid_grant is swallowed, or costs the refresh token',
  why: 'inactive_user and invalid_client call for somebody to act, rate_limit_exceeded passes by itself. None of them says that the refresh token is dead.',
  remedy:
    'Switch on `error`: only `invalid_grant` ends the connection. Report the others by their name, and keep the tokens: `if (error !== "invalid_grant") throw new RefreshFailed(error)`.',
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
