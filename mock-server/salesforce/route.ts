/** Defines paths. Clients see Salesforce's own; the browser also visits inner ones. */

/** The path of each endpoint by its name. */
export const ROUTES = {
  authorize: '/services/oauth2/authorize',
  token: '/services/oauth2/token',
  revoke: '/services/oauth2/revoke',
  introspect: '/services/oauth2/introspect',
  userinfo: '/services/oauth2/userinfo',
  success: '/services/oauth2/success',
  echo: '/services/oauth2/echo',
  checkSession: '/services/oauth2/checksession',
  register: '/services/oauth2/register',
  singleAccess: '/services/oauth2/singleaccess',
  pkceGenerator: '/services/oauth2/pkce/generator',
  logout: '/services/auth/idp/oidc/logout',
  registration: '/services/auth/headless/init/registration',
  passwordlessLogin: '/services/auth/headless/init/passwordless/login',
  forgotPassword: '/services/auth/headless/forgot_password',
  authConfiguration: '/.well-known/auth-configuration',
  keys: '/id/keys',
  discovery: '/.well-known/openid-configuration',
} as const;

/** oidc-provider's authorization endpoint, called only by the mock's own, and the return from the sign-in page. */
export const INNER_AUTHORIZE = '/secur/authorize';

/** Page on which a user enters the code of a device. */
export const CONNECT = '/setup/connect';

/** Target of a single access URL. */
export const FRONTDOOR = '/secur/frontdoor.jsp';

/** The sign-in page of one interaction: `/login/<uid>`. */
export const SIGN_IN = '/login';
