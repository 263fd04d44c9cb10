/** Serves `/.well-known/openid-configuration` as login.salesforce.com served it in 2026 (OpenID Connect Discovery §3). It lists neither
 * PKCE nor grants; My Domain and sites also list the logout endpoint. */
import type { HostName } from '../http/host.ts';
import type { Switches } from '../switches/switches.ts';
import { ROUTES } from './route.ts';

/** Supported algorithms of DPoP proofs. */
export const DPOP_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;

/** In Salesforce's order. */
const SCOPES_SUPPORTED = [
  ...['cdp_ingest_api', 'custom_permissions', 'cdp_segment_api', 'content', 'cdp_api', 'chatbot_api'],
  ...['cdp_identityresolution_api', 'interaction_api', 'wave_api', 'web', 'cdp_calculated_insight_api'],
  ...['einstein_gpt_api', 'offline_access', 'id', 'api', 'data_cloud_user_claims', 'eclair_api', 'email', 'pardot_api'],
  ...['lightning', 'visualforce', 'cdp_query_api', 'sfap_api', 'address', 'openid', 'profile', 'scrt_api'],
  ...['cdp_profile_api', 'refresh_token', 'phone', 'user_registration_api', 'pwdless_login_api', 'chatter_api'],
  ...['mcp_api', 'full', 'forgot_password'],
];

const CLAIMS_SUPPORTED = [
  ...['active', 'address', 'email', 'email_verified', 'family_name', 'given_name', 'is_app_installed', 'language'],
  ...['locale', 'name', 'nickname', 'organization_id', 'phone_number', 'phone_number_verified', 'photos', 'picture'],
  ...['preferred_username', 'profile', 'sub', 'updated_at', 'urls', 'user_id', 'user_type', 'zoneinfo'],
];

const SIGN_OUT: ReadonlySet<HostName> = new Set<HostName>(['my-domain', 'experience']);

/** What the discovery document depends on. */
export interface DiscoveryParts {
  /** Origin of the host, with the path of a site. */
  readonly issuer: string;
  readonly host: HostName;
  readonly switches: Pick<Switches, 'discoveryNamesPkce'>;
}

/** Returns the discovery document of one host. */
export function discovery({ issuer, host, switches }: DiscoveryParts): Readonly<Record<string, unknown>> {
  return {
    ...(SIGN_OUT.has(host) && {
      end_session_endpoint: issuer + ROUTES.logout,
      frontchannel_logout_supported: true,
      frontchannel_logout_session_supported: false,
    }),
    // Without the path of a site.
    issuer: new URL(issuer).origin,
    authorization_endpoint: issuer + ROUTES.authorize,
    token_endpoint: issuer + ROUTES.token,
    revocation_endpoint: issuer + ROUTES.revoke,
    userinfo_endpoint: issuer + ROUTES.userinfo,
    jwks_uri: issuer + ROUTES.keys,
    registration_endpoint: issuer + ROUTES.register,
    introspection_endpoint: issuer + ROUTES.introspect,
    scopes_supported: SCOPES_SUPPORTED,
    response_types_supported: ['code', 'token', 'token id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    dpop_signing_alg_values_supported: DPOP_ALGORITHMS,
    display_values_supported: ['page', 'popup', 'touch'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
    claims_supported: CLAIMS_SUPPORTED,
    ...(switches.discoveryNamesPkce && { code_challenge_methods_supported: ['S256'] }),
  };
}
