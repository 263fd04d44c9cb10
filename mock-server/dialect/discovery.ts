/** `/.well-known/openid-configuration` in Salesforce's shape (facts, section 1.1; OpenID Connect Discovery §3). */
import { ROUTES } from './route.ts';
import { SCOPES } from './scope.ts';

/** The document of the login origin. */
export function discovery(loginUrl: string): Readonly<Record<string, unknown>> {
  return {
    issuer: loginUrl,
    authorization_endpoint: loginUrl + ROUTES.authorize,
    token_endpoint: loginUrl + ROUTES.token,
    revocation_endpoint: loginUrl + ROUTES.revoke,
    userinfo_endpoint: loginUrl + ROUTES.userinfo,
    jwks_uri: loginUrl + ROUTES.keys,
    introspection_endpoint: loginUrl + ROUTES.introspect,
    scopes_supported: SCOPES,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    display_values_supported: ['page', 'popup', 'touch'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'none'],
    code_challenge_methods_supported: ['S256'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'at_hash'],
  };
}
