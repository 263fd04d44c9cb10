import { denial } from '../dialect/denial.ts';
import type { AuthorizationRule, TokenRule } from './rule.ts';

/** The authorization request names the app. In every mode, and never answered by redirect (RFC 6749 §4.1.2.1). */
export const knownClientAuthorizes: AuthorizationRule = (facts) =>
  facts.clientIdKnown ? undefined : denial('unknown-client', 'client-identifier');

/** The token request names the app, in body, query or Basic. In every mode. */
export const knownClientAsks: TokenRule = (facts) =>
  facts.auth.clientId.known ? undefined : denial('unknown-client', 'client-identifier');
