/** Knows Salesforce's scopes. The mock's app allows all of them. */

/** All scopes, in the order of token answers. `offline_access` is Salesforce's other name for `refresh_token`. */
export const SCOPES: readonly string[] = [
  'refresh_token',
  'cdp_ingest_api',
  'custom_permissions',
  'cdp_segment_api',
  'content',
  'cdp_api',
  'cdp_query_api',
  'cdp_profile_api',
  'data_cloud_user_claims',
  'chatbot_api',
  'chatter_api',
  'cdp_identityresolution_api',
  'interaction_api',
  'wave_api',
  'web',
  'cdp_calculated_insight_api',
  'einstein_gpt_api',
  'sfap_api',
  'mcp_api',
  'user_registration_api',
  'forgot_password',
  'scrt_api',
  'pwdless_login_api',
  'id',
  'profile',
  'email',
  'address',
  'phone',
  'api',
  'eclair_api',
  'pardot_api',
  'lightning',
  'visualforce',
  'openid',
  'full',
];

/** Scopes of an authorization without a `scope` parameter. */
export const DEFAULT_SCOPES: readonly string[] = ['api', 'id', 'refresh_token'];

const namesOf = (words: string): readonly string[] => [
  ...new Set(
    words.split(' ').flatMap((word) => (word === '' ? [] : [word === 'offline_access' ? 'refresh_token' : word])),
  ),
];

/** Returns the scopes of an app: `*` for all, or their names separated by spaces. Unknown names are left out. */
export const appScopes = (names: string): readonly string[] =>
  names.trim() === '*' ? SCOPES : namesOf(names).filter((name) => SCOPES.includes(name));

/** Returns the scopes of a `scope` parameter, each once, `offline_access` as `refresh_token`. Without the parameter: the app's default
 * ones. */
export function requestedScopes(parameter: string | null, ofApp: readonly string[] = SCOPES): readonly string[] {
  const named = namesOf(parameter ?? '');
  return named.length === 0 ? DEFAULT_SCOPES.filter((name) => ofApp.includes(name)) : named;
}

/** Returns the `scope` of a token answer, in Salesforce's order instead of the request's. */
export const answeredScopes = (scopes: readonly string[]): string =>
  [...scopes].sort((one, two) => SCOPES.indexOf(one) - SCOPES.indexOf(two)).join(' ');
