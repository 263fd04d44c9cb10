import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { verifierUses } from './verifiers.ts';

const check: Check = {
  id: 'PKCE-06',
  suite: 'pkce',
  level: 'MUST',
  title: 'The code_verifier has unreserved characters only',
  failure: 'The code_verifier has characters outside the unreserved set',
  why: 'Characters such as "+", "/" or "=" are changed or refused on the way; then the hash differs and the login fails for some users only.',
  remedy: 'Use A–Z, a–z, 0–9, "-", ".", "_" only; base64url of random bytes does.',
  references: ['RFC 7636 §4.1'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login come to a token request with a code_verifier.',
  relies: ['verifier-sent'],
  judge: (scenario) => {
    const uses = verifierUses(scenario);
    if (uses.length === 0) return undefined;
    const wrong = uses.find(({ verifier }) => !verifier.unreserved);
    if (wrong !== undefined) {
      return fail(
        `A code_verifier had the characters ${JSON.stringify(wrong.verifier.illegal)}; only A–Z, a–z, 0–9, "-", ".", "_", "~" are allowed.`,
        [wrong.seq],
        /[+/=]/u.test(wrong.verifier.illegal)
          ? { diagnosis: 'It looks like standard base64; base64url without padding is asked for.' }
          : {},
      );
    }
    return pass(
      `Each of ${String(uses.length)} verifiers had unreserved characters only.`,
      uses.map(({ seq }) => seq),
    );
  },
};
export default check;
