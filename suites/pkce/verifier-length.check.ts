import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';
import { verifierUses } from './verifiers.ts';

export default defineCheck({
  id: 'PKCE-05',
  suite: 'pkce',
  level: 'MUST',
  title: 'The code_verifier has 43 to 128 characters',
  failure: 'The code_verifier is too short or too long',
  why: 'The partner rule and RFC 7636 require 43 to 128 characters. A shorter verifier can be guessed; a longer one is refused by servers that follow the RFC.',
  remedy: 'Encode 32 random bytes with base64url: 43 characters, as in `randomBytes(32).toString("base64url")`.',
  references: ['RFC 7636 §4.1'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login reach a token request with a code_verifier.',
  relies: ['verifier-sent'],
  judge: (scenario) => {
    const uses = verifierUses(scenario);
    if (uses.length === 0) return undefined;
    const wrong = uses.find(({ verifier }) => verifier.length < 43 || verifier.length > 128);
    if (wrong !== undefined) {
      return fail(
        `A code_verifier had ${howMany(wrong.verifier.length, 'character')}; 43 to 128 were expected.`,
        [wrong.seq],
        wrong.verifier.length > 128
          ? {
              diagnosis: 'Salesforce accepts 171 characters, which its own libraries send; the partner rule does not.',
            }
          : {},
      );
    }
    const lengths = uses.map(({ verifier }) => verifier.length);
    const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
    return pass(
      `The code_verifier had ${least === most ? String(least) : `${String(least)} to ${String(most)}`} characters.`,
      uses.map(({ seq }) => seq),
    );
  },
});
