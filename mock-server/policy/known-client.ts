import { denial } from '../salesforce/denial.ts';
import type { AuthorizationRule, TokenRule } from './rule.ts';

/** Requires that the authorization request names the app. Applies in every mode; never answered by redirect (RFC 6749 §4.1.2.1). */
export const knownClientAuthorizes: AuthorizationRule = (facts) =>
  facts.clientIdKnown ? undefined : denial('unknown-client', 'client-identifier');

/** Requires that the token request names the app, in body, query, Basic or an assertion. Applies in every mode. */
export const knownClientAsks: TokenRule = ({ auth }, { assertion, grant }) =>
  auth.clientId.known ||
  (auth.clientId.in === 'assertion' && assertion === 'proven') ||
  // The grant finds the client in the assertion.
  (auth.clientId.in === 'none' && grant?.needsClientId === false)
    ? undefined
    : denial('unknown-client', 'client-identifier');
