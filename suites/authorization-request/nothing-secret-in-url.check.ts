import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';

const check: Check = {
  id: 'AZ-11',
  suite: 'authorization-request',
  level: 'SHOULD',
  title: 'The authorization URL holds no secret, verifier or token',
  failure: 'The authorization URL holds a secret',
  why: 'The authorization URL passes through the browser: its history, its extensions, proxies and logs.',
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
          `None of ${String(authorizations.length)} authorization URLs held a secret, a verifier or a token.`,
          authorizations.map(({ seq }) => seq),
        )
      : fail(`An authorization URL held ${leaking.facts.leaked.join(' and ')}; nothing secret was expected.`, [
          leaking.seq,
        ]);
  },
};
export default check;
