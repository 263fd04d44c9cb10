import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import type { EventOf } from '../../src/history/event.ts';
import { howMany } from '../counted.ts';

/** Parameters of a token request that must not be in a URL. */
const SECRET_NAMES: ReadonlySet<string> = new Set([
  ...['client_secret', 'client_assertion', 'code', 'code_verifier'],
  ...['refresh_token', 'access_token', 'oauth_token', 'token', 'assertion', 'password'],
]);
/** Labels of values that must not be in a URL, whatever the name of the parameter. */
const SECRET_LABEL = /^(?:SECRET|CODE|VERIFIER|RT|AT)(?:#|$)/u;

export default defineCheck({
  id: 'CODE-09',
  suite: 'code-handling',
  level: 'SHOULD',
  title: 'Credentials, code and tokens are sent in the body of the token request only',
  failure: 'The URL of the token request contains credentials, a code or a token',
  why: 'URLs are written to logs of servers and proxies, where a refresh token or a secret can stay for years.',
  remedy:
    'Put every parameter into the form body and none into the URL: `fetch(tokenUrl, { method: "POST", body: new URLSearchParams(form) })`.',
  references: ['RFC 6749 §2.3.1', 'RFC 6749 §3.2'],
  scenarios: ['login', 'logins', 'refresh-chain'],
  untested: 'Let a login reach its token request.',
  judge: ({ tokenRequests }) => {
    if (tokenRequests.length === 0) return undefined;
    for (const { seq, request } of tokenRequests) {
      const names = secretsIn(request);
      if (names.length > 0) {
        return fail(`The URL of a token request contained ${names.join(', ')}; they belong in the body.`, [seq]);
      }
    }
    return pass(
      `No credentials, code or token were in the URL of ${howMany(tokenRequests.length, 'token request')}.`,
      tokenRequests.map(({ seq }) => seq),
    );
  },
});

function secretsIn({ query }: EventOf<'request'>): readonly string[] {
  const found = query.filter(({ name, value, secret }) => {
    if (value === '') return false;
    return SECRET_NAMES.has(name) || (secret !== undefined && SECRET_LABEL.test(secret.label));
  });
  return [...new Set(found.map(({ name }) => name))];
}
