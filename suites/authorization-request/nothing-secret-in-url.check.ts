import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';

export default defineCheck({
  id: 'AZ-11',
  suite: 'authorization-request',
  level: 'SHOULD',
  title: 'The authorization URL contains no secret, verifier or token',
  failure: 'The authorization URL contains a secret, verifier or token',
  why: 'The authorization URL is visible to the browser, its history and extensions, to proxies and in logs.',
  remedy:
    'Send response_type, client_id, redirect_uri, scope, state and the two code_challenge parameters; keep client_secret, code_verifier and all tokens for the token endpoint.',
  references: ['RFC 9700 §4.3', 'RFC 6749 §2.3.1'],
  scenarios: ['login', 'logins'],
  untested: 'Start a login that sends the browser to `SF_LOGIN_URL`/services/oauth2/authorize.',
  judge: ({ authorizations }) => {
    if (authorizations.length === 0) return undefined;
    const leaking = authorizations.find(({ facts }) => facts.leaked.length > 0);
    return leaking === undefined
      ? pass(
          `No secret, verifier or token was in ${howMany(authorizations.length, 'authorization URL')}.`,
          authorizations.map(({ seq }) => seq),
        )
      : fail(`An authorization URL contained ${leaking.facts.leaked.join(' and ')}; nothing secret was expected.`, [
          leaking.seq,
        ]);
  },
});
