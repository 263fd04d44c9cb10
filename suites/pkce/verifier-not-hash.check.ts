import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { eachOf } from '../counted.ts';
import { challengedUses } from './verifiers.ts';

export default defineCheck({
  id: 'PKCE-08',
  suite: 'pkce',
  level: 'MUST',
  title: 'The token request carries the original verifier, not its hash',
  failure: 'The code_verifier is the code_challenge',
  why: 'The challenge is visible in the front channel. If it served as the verifier, anyone who saw it could redeem the code; servers that require S256 refuse it.',
  remedy: 'Keep the original random string and send it as code_verifier; send its hash as code_challenge only.',
  references: ['RFC 7636 §4.5'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login with a code_challenge reach a token request with a code_verifier.',
  relies: ['challenge-sent', 'verifier-sent'],
  judge: (scenario) => {
    const uses = challengedUses(scenario);
    if (uses.length === 0) return undefined;
    const same = uses.filter(({ verifier }) => verifier.equalsChallenge);
    const hash = same.find(({ login }) => login.method !== 'plain');
    if (hash !== undefined) {
      return fail(
        'The code_verifier was identical to the code_challenge of its login; the original verifier was expected.',
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
      `${eachOf(uses.length, 'code_verifier')} differed from the code_challenge of its login.`,
      uses.map(({ seq }) => seq),
    );
  },
});
