import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { eachOf } from '../counted.ts';
import { verifierUses } from './verifiers.ts';

export default defineCheck({
  id: 'PKCE-06',
  suite: 'pkce',
  level: 'MUST',
  title: 'The code_verifier consists of unreserved characters only',
  failure: 'The code_verifier contains characters outside the unreserved set',
  why: 'Characters such as "+", "/" or "=" can be changed or refused in transit; then the hash differs, and the login fails for some users only.',
  remedy: 'Use A–Z, a–z, 0–9, "-", ".", "_" only, as base64url of random bytes does.',
  references: ['RFC 7636 §4.1'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login reach a token request with a code_verifier.',
  relies: ['verifier-sent'],
  judge: (scenario) => {
    const uses = verifierUses(scenario);
    if (uses.length === 0) return undefined;
    const wrong = uses.find(({ verifier }) => !verifier.unreserved);
    if (wrong !== undefined) {
      return fail(
        `A code_verifier contained ${Array.from(wrong.verifier.illegal, (one) => JSON.stringify(one)).join(', ')}; only A–Z, a–z, 0–9, "-", ".", "_" and "~" are allowed.`,
        [wrong.seq],
        /[+/=]/u.test(wrong.verifier.illegal)
          ? { diagnosis: 'It looks like standard base64; it has to be base64url without padding.' }
          : {},
      );
    }
    return pass(
      `${eachOf(uses.length, 'code_verifier')} consisted of unreserved characters only.`,
      uses.map(({ seq }) => seq),
    );
  },
});
