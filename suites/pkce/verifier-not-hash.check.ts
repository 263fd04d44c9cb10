import type { Check } from '../../src/grade/check.ts';
import { fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { challengedUses } from './verifiers.ts';

const check: Check = {
  id: 'PKCE-08',
  suite: 'pkce',
  level: 'MUST',
  title: 'The token request carries the original verifier, not its hash',
  failure: 'The code_verifier is the code_challenge',
  why: 'The challenge stood in the front channel. Whoever saw it could redeem the code if it served as verifier, and S256 servers refuse it.',
  remedy: 'Keep the original random text and send that as code_verifier; send its hash only as code_challenge.',
  references: ['RFC 7636 §4.5'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login with a code_challenge come to a token request with a code_verifier.',
  relies: ['challenge-sent', 'verifier-sent'],
  judge: (scenario) => {
    const uses = challengedUses(scenario);
    if (uses.length === 0) return undefined;
    const same = uses.filter(({ verifier }) => verifier.equalsChallenge);
    const hash = same.find(({ login }) => login.method !== 'plain');
    if (hash !== undefined) {
      return fail(
        'The code_verifier was the code_challenge of its login, character for character; the original verifier was expected.',
        [hash.seq, hash.login.seq],
      );
    }
    const [plain] = same;
    if (plain !== undefined) {
      return inconclusive(
        'With the method "plain" verifier and challenge are the same by definition.',
        [plain.login.seq],
        { broken: ['s256-used'] },
      );
    }
    return pass(
      `None of ${String(uses.length)} verifiers was the challenge itself.`,
      uses.map(({ seq }) => seq),
    );
  },
};
export default check;
