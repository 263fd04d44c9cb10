import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { challenged } from './challenges.ts';
import { verifiersOfLogins } from './verifiers.ts';

/** Fewer logins than this show nothing about freshness. */
const ENOUGH = 5;

export default defineCheck({
  id: 'PKCE-09',
  suite: 'pkce',
  level: 'SHOULD',
  title: 'Each login has its own verifier and challenge',
  failure: 'A code_verifier or code_challenge is used for more than one login',
  why: 'Anyone who has seen a verifier once knows it when it is used again; then PKCE protects nothing.',
  remedy:
    'Generate the verifier when a login begins, from a secure random source; never keep one per process, per object or per user.',
  references: ['RFC 7636 §4.1', 'RFC 7636 §7.1', 'RFC 9700 §2.1.1'],
  scenarios: ['logins'],
  untested: `Log in at least ${String(ENOUGH)} times, across a restart.`,
  shows: ['verifier-fresh'],
  relies: ['challenge-sent'],
  judge: (scenario) => {
    const challenges = challenged(scenario.authorizations).map(({ seq, challenge }) => ({
      seq,
      label: challenge.label,
    }));
    const verified = verifiersOfLogins(scenario).map(({ seq, verifier }) => ({ seq, label: verifier.label }));
    const again = repeated(verified) ?? repeated(challenges);
    if (again !== undefined) {
      return fail(`The same value was used for ${String(again.length)} logins; each login needs its own.`, again);
    }
    const [values, what] = challenges.length === 0 ? [verified, 'verifiers'] : [challenges, 'challenges'];
    if (values.length < ENOUGH) return undefined;
    return pass(
      `${String(values.length)} logins had ${String(values.length)} different ${what}.`,
      values.map(({ seq }) => seq),
    );
  },
});

/** Returns the event numbers of the first value that occurs more than once. */
function repeated(values: readonly { readonly seq: number; readonly label: string }[]): readonly number[] | undefined {
  return [...Map.groupBy(values, ({ label }) => label).values()]
    .find((group) => group.length > 1)
    ?.map(({ seq }) => seq);
}
