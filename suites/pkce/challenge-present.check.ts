import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { eachOf } from '../counted.ts';
import { challenged } from './challenges.ts';

export default defineCheck({
  id: 'PKCE-01',
  suite: 'pkce',
  level: 'MUST',
  title: 'The authorization request carries a code_challenge',
  failure: 'The authorization request carries no code_challenge',
  why: 'Without a challenge the authorization code is bound to nothing: an attacker who intercepts it can redeem it. Once PKCE is enabled in the app, Salesforce refuses such a request.',
  remedy:
    'Generate a code_verifier for each login and send its SHA-256 as the challenge: `…/authorize?response_type=code&…&code_challenge=BASE64URL(SHA256(verifier))&code_challenge_method=S256`.',
  references: ['RFC 7636 §4.3'],
  scenarios: ['login', 'logins'],
  untested: 'Start a login that sends the browser to `SF_LOGIN_URL`/services/oauth2/authorize.',
  shows: ['challenge-sent'],
  judge: ({ authorizations }) => {
    if (authorizations.length === 0) return undefined;
    const without = authorizations.find(({ facts }) => facts.challenge === null);
    if (without !== undefined) {
      return fail('An authorization request carried no code_challenge; one was expected.', [without.seq], {
        diagnosis:
          'The client does not use PKCE for this login. With PKCE enabled in the app, Salesforce answers "missing required code challenge".',
      });
    }
    const repeated = challenged(authorizations).find(({ challenge }) => challenge.occurrences > 1);
    if (repeated !== undefined) {
      const times = String(repeated.challenge.occurrences);
      return fail(`An authorization request carried code_challenge ${times} times; once was expected.`, [repeated.seq]);
    }
    return pass(
      `${eachOf(authorizations.length, 'authorization request')} carried a code_challenge.`,
      authorizations.map(({ seq }) => seq),
    );
  },
});
