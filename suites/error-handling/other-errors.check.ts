import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { answerOf, encounter, kept, silent, type Encounter } from './answered.ts';

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
  blockers: ['RTR-01', 'RTR-02'],
  judge: (scenario) => {
    const met = PHASES.flatMap((phase) => encounter(scenario, phase) ?? []);
    if (met.length === 0) return undefined;
    for (const one of met) {
      const wrong = silent(one) ?? lost(one);
      if (wrong !== undefined) return fail(wrong, [one.ended, one.refused.seq, ...one.askedAgain]);
    }
    return pass(
      `Each of ${String(met.length)} refusals was reported${met.some(({ phase }) => phase === TRANSIENT) ? ', and rate_limit_exceeded cost no refresh token' : ''}.`,
      met.flatMap(({ ended, refused }) => [refused.seq, ended]),
    );
  },
};
export default check;

function lost(one: Encounter): string | undefined {
  if (one.phase !== TRANSIENT || kept(one)) return undefined;
  const met = `A refresh was answered ${answerOf(one)}, which passes by itself`;
  if (one.askedAgain.length > 0) return `${met}, and the client asked for a new login.`;
  return one.nextCall?.result === 'failed' ? `${met}, and the client refreshed no more.` : undefined;
}
