/** Paths. Salesforce's own are what clients see; the inner ones are where a browser is sent in between. */

export const ROUTES = {
  authorize: '/services/oauth2/authorize',
  token: '/services/oauth2/token',
  revoke: '/services/oauth2/revoke',
  introspect: '/services/oauth2/introspect',
  userinfo: '/services/oauth2/userinfo',
  success: '/services/oauth2/success',
  keys: '/id/keys',
  discovery: '/.well-known/openid-configuration',
} as const;

/** oidc-provider's authorization endpoint, reached only through ours, and the way back from the sign-in page. */
export const INNER_AUTHORIZE = '/secur/authorize';

/** The sign-in page of one interaction: `/login/<uid>`. */
export const SIGN_IN = '/login';
