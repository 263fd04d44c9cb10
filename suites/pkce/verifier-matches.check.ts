import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { eachOf } from '../counted.ts';
import { challengeVariants } from './challenge-variants.ts';
import { challengedUses, unmatchedLogin } from './verifiers.ts';

export default defineCheck({
  id: 'PKCE-07',
  suite: 'pkce',
  level: 'MUST',
  title: 'The code_challenge is the S256 of the code_verifier',
  failure: 'The code_challenge is not BASE64URL(SHA256(code_verifier))',
  why: 'The server hashes the verifier and compares. When they differ, Salesforce answers invalid_grant "invalid code verifier" and the login fails.',
  remedy:
    'Hash the ASCII characters of the verifier that is sent, once, with SHA-256, and encode the 32 bytes with base64url.',
  references: ['RFC 7636 §4.2', 'RFC 7636 §4.6'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login with a code_challenge reach a token request with a code_verifier.',
  shows: ['verifier-matches'],
  relies: ['challenge-sent', 'verifier-sent'],
  judge: (scenario) => {
    const uses = challengedUses(scenario);
    if (uses.length === 0) return unmatchedLogin(scenario);
    const wrong = uses.find(({ verifier, login }) => !verifier.matches.includes(login.seq));
    if (wrong !== undefined) {
      return fail(
        'The SHA-256 of the code_verifier is not the code_challenge of its login; the two were expected to match.',
        [wrong.seq, wrong.login.seq],
        { diagnosis: challengeVariants[wrong.verifier.variant ?? 'unknown'] },
      );
    }
    return (
      unmatchedLogin(scenario) ??
      pass(
        `${eachOf(uses.length, 'code_verifier')} matched the code_challenge of its login.`,
        uses.flatMap(({ seq, login }) => [seq, login.seq]),
      )
    );
  },
});
