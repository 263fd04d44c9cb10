/** What the mock does at each of its paths, and which switches change it. */
import { MOCK_ROUTES, type MockRoute } from '../../mock-server/routes.ts';
import type { Modelled } from './modelled.ts';

type RouteId = keyof typeof MOCK_ROUTES;

const BEHAVIOUR: Readonly<Record<RouteId, Pick<Modelled, 'how' | 'switches'>>> = {
  authorize: {
    how: 'Code, user-agent and hybrid token responses. `display` changes how pages look, `prompt` what is asked, `login_hint` who is suggested; `immediate` goes on without a page for who is signed in and has approved the app, not on sites. `sso_provider` and a brand are borne. Errors by redirect, or as text where nothing may be redirected.',
    switches: [
      'userAgentFlow',
      'missingChallenge',
      'missingMethod',
      'plainMethod',
      'malformedChallenge',
      'appScopes',
      'httpsRequired',
      'denialSpelling',
      'browserSessions',
    ],
  },
  token: {
    how: 'All grants below; `format` and Accept choose JSON, XML or a form, for errors too; never HTML; no `expires_in`. `state` is not repeated, which documentation leaves open. A site says which it is. Parameters may be in the body or the URL. A refusal by the policy names its rule in `X-SF-Conformance-Rule`.',
    switches: [
      'invalidClientStatus',
      'accessTokenMs',
      'idTokenMs',
      'siteFields',
      'corsAsOnPlatform',
      'multipartTokens',
    ],
  },
  revoke: {
    how: 'POST, GET and JSONP without client authentication; a refresh token takes its family along, an access token only itself. Without a token it is `unsupported_token_type`, in urlencoded form.',
    switches: ['revokeNeedsClient', 'revokeContentType'],
  },
  introspect: {
    how: 'By POST, parameters in body or query; client authentication by oidc-provider; Salesforce’s fields; `{"active":false}` for whatever is dead.',
    switches: ['introspectRotated'],
  },
  userinfo: {
    how: 'GET and POST for any live token, with the fields of captured answers in their order, as JSON, XML or JSONP (`format`, Accept, `callback`, `version`); a bad token is 403 and plain text.',
  },
  identity: {
    how: 'GET and POST for any live token, with the fields of a captured answer in its order; 403 `Wrong_Org`, 404 `Bad_Id`. JSON, XML or JSONP, as `format`, Accept and `callback` ask; `version` is in addresses.',
  },
  keys: {
    how: 'The key that signs id_tokens; also below /services/oauth2.',
    switches: ['corsAsOnPlatform'],
  },
  discovery: {
    how: 'The fields of the platform in its order: no word of PKCE and none of grants. Each host is an issuer of its own; My Domain and sites name where to sign out. A site may live below a path: its endpoints have it then, its issuer has not.',
    switches: ['discoveryNamesPkce'],
  },
  authConfiguration: {
    how: 'The fields of the platform in its order, of an org without SSO providers; a path may appear before it.',
  },
  pkceGenerator: {
    how: 'A verifier and its challenge.',
  },
  register: {
    how: 'Checks and describes apps, at most 100; does not serve them: the mock has one app.',
    switches: ['dynamicRegistration'],
  },
  singleAccess: {
    how: 'A front door URL for tokens with the scope `web`, on the instance or the site; an address that is not relative is `Invalid_Param`; what is behind the door is not modelled.',
    switches: ['corsAsOnPlatform'],
  },
  success: {
    how: 'A page that may be a callback.',
  },
  echo: {
    how: 'A callback that answers with the parameters it was called with, as a JSON object; on every host, where the guide names sites only.',
  },
  checkSession: {
    how: 'A page without a script: it does not report sessions that end.',
  },
  logout: {
    how: 'Ends the session of the browser at that host; a page, which redirects nowhere.',
  },
  registration: {
    how: 'Answers `status`, `email`, `identifier`; the registration ends in a login with `response_type=code_credentials`. No mail is sent. On the Experience host only; elsewhere an unknown path.',
    switches: ['headlessIdentity', 'headlessGuard', 'oneTimePassword'],
  },
  passwordlessLogin: {
    how: 'Answers an `identifier` for every username; what follows is a login.',
    switches: ['headlessIdentity', 'headlessGuard', 'oneTimePassword'],
  },
  forgotPassword: {
    how: 'First `{"status_code":"otp_sent"}`, also for an unknown user, then with `otp` and `newpassword` `{"status_code":"success"}`; five tries.',
    switches: ['headlessIdentity', 'headlessGuard', 'oneTimePassword'],
  },
  connect: {
    how: 'Where a person types a device’s code.',
    switches: ['deviceFlow'],
  },
  versions: {
    how: 'The versions since 31.0, without a login; JSON or XML. A retired version is answered 410 `GONE`.',
  },
  rest: {
    how: 'Root, limits and recordCount, query with pages and `columns=true`, search (finds nothing), sobjects (also by an external id; blobs), tooling, composite, batch, graph and sObject collections, Bulk 2.0 ingest and query. SOQL: SELECT with related records and queries inside, aggregates with GROUP BY, WHERE with `=`, `!=` and IN joined by AND, LIMIT, OFFSET, COUNT(); other clauses and conditions are accepted and not evaluated. An unknown object has no rows, unless a switch refuses it. Other methods are 405, other types of bodies 415.',
    switches: ['unknownNames'],
  },
  bulk: {
    how: 'The first Bulk API, in XML and JSON: jobs, batches of 10,000 records at most in CSV or JSON, queries, lists of batches; an expired session is 400 `InvalidSessionId`.',
  },
  soap: {
    how: 'login, logout, getUserInfo, getServerTimestamp, query, at the partner and the enterprise endpoint; an expired session is 500 `sf:INVALID_SESSION_ID`, and so is a JWT before version 68. Only POST.',
    switches: ['passwordFlow', 'jwtAccessTokens'],
  },
};

/** Every path that answers, in the order of the page. */
export const ENDPOINTS: readonly (Modelled & MockRoute)[] = (Object.keys(BEHAVIOUR) as RouteId[]).map((id) => {
  const route: MockRoute = MOCK_ROUTES[id];
  return { ...route, ...BEHAVIOUR[id], what: route.path };
});
