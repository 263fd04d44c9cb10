/** Lists every path that clients can call, as data: the application dispatches by it, and `docs/mock/coverage.md` is generated from it. */
import type { Endpoint } from '../src/history/event.ts';
import type { MoreHost } from './http/host.ts';
import type { Confidence } from './switches/switch.ts';

/** One path of the mock. */
export interface MockRoute {
  /** The path as in documentation: `<…>` is a variable, a final `…` stands for any rest. */
  readonly path: string;
  /** Matches the paths that it answers: a site name, a brand or a slash may be added. */
  readonly pattern: RegExp;
  /** Supported methods; others are refused or answered like the first one. */
  readonly methods: readonly string[];
  /** Endpoint under which its requests are recorded. */
  readonly endpoint: Endpoint;
  /** Source of its behavior. */
  readonly source: string;
  readonly confidence: Confidence;
  /** The only host that has it; default: every host. */
  readonly host?: MoreHost;
}

/** All routes. The first one whose pattern matches answers. */
export const MOCK_ROUTES = {
  authorize: {
    path: '/services/oauth2/authorize',
    pattern: /^\/services\/oauth2\/authorize(\/[^/]*)?$/,
    methods: ['GET', 'POST'],
    endpoint: 'authorize',
    source: 'help.salesforce.com remoteaccess_oauth_endpoints; Mobile SDK OAuth2.java',
    confidence: 'verified',
  },
  token: {
    path: '/services/oauth2/token',
    pattern: /^\/services\/oauth2\/token\/?$/,
    methods: ['POST'],
    endpoint: 'token',
    source: 'api_rest, refresh token process; forcedotcom/wsc#360',
    confidence: 'verified',
  },
  revoke: {
    path: '/services/oauth2/revoke',
    pattern: /^\/services\/oauth2\/revoke\/?$/,
    methods: ['GET', 'POST'],
    endpoint: 'revoke',
    source: 'Salesforce blog 2011 on revoking; Mobile SDK guide; forrest#213',
    confidence: 'verified',
  },
  introspect: {
    path: '/services/oauth2/introspect',
    pattern: /^\/services\/oauth2\/introspect\/?$/,
    methods: ['POST'],
    endpoint: 'introspect',
    source: 'help.salesforce.com remoteaccess_oidc_token_introspection_endpoint',
    confidence: 'verified',
  },
  userinfo: {
    path: '/services/oauth2/userinfo',
    pattern: /^\/services\/oauth2\/userinfo\/?$/,
    methods: ['GET', 'POST'],
    endpoint: 'userinfo',
    source:
      'Mobile SDK RestClient.java and AuthenticationUtilities.kt (is_salesforce_integration_user); jsforce#736; captured answers in public repositories',
    confidence: 'verified',
  },
  identity: {
    path: '/id/<org>/<user>',
    pattern: /^\/id\/[^/]+\/[^/]+\/?$/,
    methods: ['GET', 'POST'],
    endpoint: 'identity',
    source:
      'omniauth-salesforce; SwiftlySalesforce#120; Mobile SDK guide, Using Identity URLs; element of the XML from general knowledge; SalesforceMobileSDK-iOS SalesforceSDKIdentityTests.swift',
    confidence: 'verified',
  },
  keys: {
    path: '/id/keys',
    pattern: /^(\/services\/oauth2)?\/id\/keys\/?$/,
    methods: ['GET', 'HEAD'],
    endpoint: 'keys',
    source: 'Postman collection; CORS table',
    confidence: 'verified',
  },
  discovery: {
    path: '/.well-known/openid-configuration',
    pattern: /^(?:\/[\w-]{1,40})?\/\.well-known\/openid-configuration$/,
    methods: ['GET', 'HEAD'],
    endpoint: 'discovery',
    source:
      'document of login.salesforce.com captured in 2026 (api-evangelist/service-cloud); Postman collection for My Domain; help.salesforce.com remoteaccess_using_openid_discovery_endpoint',
    confidence: 'verified',
  },
  authConfiguration: {
    path: '/.well-known/auth-configuration',
    pattern: /^(?:\/[\w-]{1,40})?\/\.well-known\/auth-configuration$/,
    methods: ['GET', 'HEAD'],
    endpoint: 'discovery',
    source: 'sample answer of the Postman collection',
    confidence: 'verified',
  },
  pkceGenerator: {
    path: '/services/oauth2/pkce/generator',
    pattern: /^\/services\/oauth2\/pkce\/generator\/?$/,
    methods: ['GET', 'HEAD'],
    endpoint: 'other',
    source: 'public code (Salesforce Inspector); CORS table',
    confidence: 'verified',
  },
  register: {
    path: '/services/oauth2/register',
    pattern: /^\/services\/oauth2\/register\/?$/,
    methods: ['POST'],
    endpoint: 'other',
    source: 'Postman collection; public code',
    confidence: 'inferred',
  },
  singleAccess: {
    path: '/services/oauth2/singleaccess',
    pattern: /^\/services\/oauth2\/singleaccess\/?$/,
    methods: ['GET', 'POST'],
    endpoint: 'other',
    source: 'public code; Mobile SDK FRONTDOOR_URL_KEY; status of Invalid_Param inferred',
    confidence: 'verified',
  },
  success: {
    path: '/services/oauth2/success',
    pattern: /^\/services\/oauth2\/success\/?$/,
    methods: ['GET'],
    endpoint: 'success',
    source: 'Technology-Talks requests.md',
    confidence: 'verified',
  },
  echo: {
    path: '/services/oauth2/echo',
    pattern: /^\/services\/oauth2\/echo\/?$/,
    methods: ['GET', 'POST'],
    endpoint: 'success',
    source: 'Headless Identity implementation guide',
    confidence: 'verified',
  },
  checkSession: {
    path: '/services/oauth2/checksession',
    pattern: /^\/services\/oauth2\/checksession\/?$/,
    methods: ['GET'],
    endpoint: 'other',
    source: 'check_session_iframe of one public client; the answer is not known',
    confidence: 'unverified',
  },
  logout: {
    path: '/services/auth/idp/oidc/logout',
    pattern: /^\/services\/auth\/idp\/oidc\/logout\/?$/,
    methods: ['GET', 'POST'],
    endpoint: 'other',
    source: 'Postman collection (path); the answer is not known',
    confidence: 'unverified',
  },
  registration: {
    path: '/services/auth/headless/init/registration',
    pattern: /^\/services\/auth\/headless\/init\/registration\/?$/,
    methods: ['POST'],
    endpoint: 'other',
    source: 'Headless Identity implementation guide; Mobile SDK NativeLoginManager.kt; texts of errors our own',
    confidence: 'verified',
    host: 'experience',
  },
  passwordlessLogin: {
    path: '/services/auth/headless/init/passwordless/login',
    pattern: /^\/services\/auth\/headless\/init\/passwordless\/login\/?$/,
    methods: ['POST'],
    endpoint: 'other',
    source: 'Postman collection; Mobile SDK NativeLoginManager.kt; `status` beside it inferred',
    confidence: 'verified',
    host: 'experience',
  },
  forgotPassword: {
    path: '/services/auth/headless/forgot_password',
    pattern: /^\/services\/auth\/headless\/forgot_password\/?$/,
    methods: ['POST'],
    endpoint: 'other',
    source: 'Headless Identity implementation guide; texts of errors our own',
    confidence: 'verified',
    host: 'experience',
  },
  connect: {
    path: '/setup/connect',
    pattern: /^\/setup\/connect\/?$/,
    methods: ['GET', 'POST'],
    endpoint: 'login',
    source: 'public code',
    confidence: 'verified',
  },
  versions: {
    path: '/services/data',
    pattern: /^\/services\/data\/?$/,
    methods: ['GET', 'HEAD'],
    endpoint: 'resource',
    source: 'api_rest dome_versions; help on the end of life of API versions; text of 410 our own',
    confidence: 'verified',
  },
  bulk: {
    path: '/services/async/…',
    pattern: /^\/services\/async\//,
    methods: ['GET', 'POST', 'PUT'],
    endpoint: 'resource',
    source: 'jsforce bulk.js; apache/camel#826; simple-salesforce#619; cassettes of CumulusCI',
    confidence: 'verified',
  },
  soap: {
    path: '/services/Soap/…',
    pattern: /^\/services\/Soap\//i,
    methods: ['POST'],
    endpoint: 'resource',
    source: 'jsforce soap.js; apexsharp#20; wsc#9; mcp-server-salesforce#1',
    confidence: 'verified',
  },
  // Checked last: other paths below `/services` belong to the API, which answers that they are unknown.
  rest: {
    path: '/services/data/…',
    pattern: /^\/services(\/|$)/,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    endpoint: 'resource',
    source:
      'REST API guide; jsforce; mappings of sf-fx-runtime-nodejs; cassettes of CumulusCI; restforce#284 for the expired session',
    confidence: 'verified',
  },
} as const satisfies Readonly<Record<string, MockRoute>>;
