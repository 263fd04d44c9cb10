/** Maps OAuth scope parameters to their names in metadata (ConnectedAppOauthAccessScope). */

/** Scope parameter → names in metadata, in lower case. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  id: ['basic'],
  api: ['api'],
  web: ['web'],
  full: ['full'],
  chatter_api: ['chatter'],
  visualforce: ['customapplications'],
  refresh_token: ['refreshtoken', 'offlineaccess'],
  offline_access: ['offlineaccess', 'refreshtoken'],
  openid: ['openid'],
  profile: ['profile'],
  email: ['email'],
  address: ['address'],
  phone: ['phone'],
  custom_permissions: ['custompermissions'],
  wave_api: ['wave'],
  eclair_api: ['eclair'],
  pardot_api: ['pardot'],
  lightning: ['lightning'],
  content: ['content'],
  cdp_ingest_api: ['cdpingest', 'cdpingestapi'],
  cdp_profile_api: ['cdpprofile', 'cdpprofileapi'],
  cdp_query_api: ['cdpquery', 'cdpqueryapi'],
  chatbot_api: ['chatbot'],
  forgot_password: ['forgotpassword'],
  user_registration_api: ['userregistration'],
  sfap_api: ['sfap', 'sfapiplatform'],
  einstein_gpt_api: ['einsteingpt'],
  pwdless_login_api: ['pwdlesslogin'],
  mcp_api: ['mcp'],
};

/** Returns whether the app allows a scope; undefined when the scope's name in metadata is not known. */
export function allows(appScopes: readonly string[], scope: string): boolean | undefined {
  const names = Object.hasOwn(NAMES, scope) ? NAMES[scope] : undefined;
  if (names === undefined) return undefined;
  const own = appScopes.map((one) => one.toLowerCase());
  if (names.some((name) => own.includes(name)) || own.includes(scope)) return true;
  // "full" includes everything but the refresh token.
  return own.includes('full') && !['refresh_token', 'offline_access'].includes(scope);
}
