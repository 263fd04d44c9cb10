import { denial } from '../salesforce/denial.ts';
import { WITHOUT_CLIENT } from '../oauth/grants/names.ts';
import type { AuthorizationRule, TokenRule } from './rule.ts';

/** The authorization request names the app. In every mode, and never answered by redirect (RFC 6749 §4.1.2.1). */
export const knownClientAuthorizes: AuthorizationRule = (facts) =>
  facts.clientIdKnown ? undefined : denial('unknown-client', 'client-identifier');

/** The token request names the app, in body, query, Basic or an assertion that names it. In every mode. */
export const knownClientAsks: TokenRule = ({ auth, grantType }, { assertion }) =>
  auth.clientId.known ||
  (auth.clientId.in === 'assertion' && assertion === 'proven') ||
  // The grant itself finds out who asks: the assertion says it.
  (auth.clientId.in === 'none' && WITHOUT_CLIENT.has(grantType))
    ? undefined
    : denial('unknown-client', 'client-identifier');
