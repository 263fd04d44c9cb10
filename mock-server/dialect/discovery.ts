/** `/.well-known/openid-configuration` in Salesforce's shape (facts, section 1.1; OpenID Connect Discovery §3). */
import { ROUTES } from './route.ts';
import { SCOPES } from './scope.ts';

/** The document of one origin. */
export function discovery(loginUrl: string): Readonly<Record<string, unknown>> {
  return {
    issuer: loginUrl,
    authorization_endpoint: loginUrl + ROUTES.authorize,
    token_endpoint: loginUrl + ROUTES.token,
    revocation_endpoint: loginUrl + ROUTES.revoke,
    userinfo_endpoint: loginUrl + ROUTES.userinfo,
    jwks_uri: loginUrl + ROUTES.keys,
    registration_endpoint: loginUrl + ROUTES.register,
    introspection_endpoint: loginUrl + ROUTES.introspect,
    end_session_endpoint: loginUrl + ROUTES.logout,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: false,
    scopes_supported: SCOPES,
    response_types_supported: ['code', 'token', 'token id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    display_values_supported: ['page', 'popup', 'touch'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt', 'none'],
    code_challenge_methods_supported: ['S256'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'at_hash'],
  };
}
