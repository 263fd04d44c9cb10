/** Every switch of the mock as data: what it does, where that is known from, and how sure it is. `docs/mock/switches.md` is made of this table. */

/** How sure something is: read word for word, inferred, general knowledge, or the mock's own choice. */
export type Confidence = 'verified' | 'inferred' | 'unverified' | 'own';

interface About {
  /** What it changes, as a sentence. */
  readonly what: string;
  /** Where the default is known from. */
  readonly source: string;
  readonly confidence: Confidence;
}

export type Switch =
  | (About & { readonly kind: 'flag'; readonly standard: boolean })
  | (About & { readonly kind: 'amount'; readonly standard: number })
  | (About & { readonly kind: 'text'; readonly standard: string })
  | (About & {
      readonly kind: 'choice';
      readonly standard: string | number;
      readonly of: readonly (string | number)[];
    });

const flag = (standard: boolean, about: About) => ({ kind: 'flag' as const, standard, ...about });
/** A whole number from 0 upwards. */
const amount = (standard: number, about: About) => ({ kind: 'amount' as const, standard, ...about });
const text = (standard: string, about: About) => ({ kind: 'text' as const, standard, ...about });
const choice = <const T extends string | number>(of: readonly [T, ...T[]], about: About) => ({
  kind: 'choice' as const,
  standard: of[0],
  of,
  ...about,
});

export const SWITCHES = {
  invalidClientStatus: choice([400, 401], {
    what: 'HTTP status of `invalid_client`. RFC 6749 §5.2 allows 401; Salesforce has only been seen to send 400.',
    source: 'nango.dev table of errors; anthropics/claude-ai-mcp#606',
    confidence: 'verified',
  }),
  burnCodeOnWrongVerifier: flag(true, {
    what: 'A wrong verifier uses the code up.',
    source: 'no source; the safer of two ways',
    confidence: 'own',
  }),
  codeReuseRevokes: flag(false, {
    what: 'The second use of a code revokes what the first use gave (RFC 6749 §4.1.2). Never while observing.',
    source: 'not documented by Salesforce',
    confidence: 'unverified',
  }),
  refuseTilde: flag(false, {
    what: 'A `~` in a verifier is refused, as some have reported of the platform. RFC 7636 §4.1 allows it.',
    source: 'field reports',
    confidence: 'unverified',
  }),
  approvalLimit: amount(5, {
    what: 'So many approvals per user and app live; one more ends the oldest. 0: no limit.',
    source: 'Oracle Salesforce adapter documentation; nango.dev; useparagon.com',
    confidence: 'verified',
  }),
  reuseRevokesUser: flag(false, {
    what: "Reuse of one family's refresh token ends every family of that user and app, not only its own.",
    source: 'blogs (quotaguard, Beyond The Cloud), which call it undocumented',
    confidence: 'unverified',
  }),
  rotationEndsAccessTokens: flag(false, {
    what: 'A refresh ends the access tokens that were issued before.',
    source: 'nothing says so; @salesforce/core hands out tokens that others obtained',
    confidence: 'inferred',
  }),
  accessTokenMs: amount(7_200_000, {
    what: 'Lifetime of access tokens in milliseconds on the mock’s clock. 0: no end.',
    source: 'default session timeout of an org, two hours',
    confidence: 'unverified',
  }),
  refreshTokenIdleMs: amount(0, {
    what: 'A refresh token that was not used for so many milliseconds has expired; each use begins anew. 0: never. 2592000000 is the 30 days of the partner control.',
    source: 'help xcloud.connected_app_limit_idle_ttl; default policy: valid until revoked',
    confidence: 'verified',
  }),
  refreshTokenMs: amount(0, {
    what: 'So many milliseconds after the login its refresh tokens have expired, used or not. 0: never.',
    source: 'connected app policy "expire after N"; counted from the authorization',
    confidence: 'inferred',
  }),
  expiryRestartsOnRotation: flag(false, {
    what: '`refreshTokenMs` counts from the last rotation instead of the login.',
    source: 'not stated anywhere',
    confidence: 'unverified',
  }),
  idleExpiryText: choice(['expired access/refresh token', 'token validity expired'], {
    what: 'What is said of a refresh token that ended by `refreshTokenIdleMs` or `refreshTokenMs`.',
    source: 'the answer is not known; presumably that of every dead token. The other text: general knowledge',
    confidence: 'unverified',
  }),
  inFlightLock: choice(['token', 'family', 'app', 'off'], {
    what: 'What a refresh locks until its answer has ended: its refresh token, every token of its family, the whole app (all refreshes in this process), or nothing: then the same token again is an old one at once.',
    source:
      'release notes Summer ’24 (token); a comment of PostHog (app); SalesforceMobileSDK-iOS#3731 (off, in a sandbox)',
    confidence: 'verified',
  }),
  inFlightText: choice(['token request is already being processed', 'expired authorization code'], {
    what: 'What is said of a refresh that found the lock taken. Before Winter ’25 it was the second.',
    source: 'release notes Winter ’25, rn_security_refresh_token_error',
    confidence: 'verified',
  }),
  inFlightRevokes: flag(false, {
    what: 'A refresh that found the lock taken ends the family as well.',
    source: 'comments in @salesforce/core say so; the release notes tell only of a refusal',
    confidence: 'unverified',
  }),
  rotationCountsAsApproval: flag(false, {
    what: 'Each rotation is one of the approvals that `approvalLimit` counts: a login that lies more than so many logins and rotations of its user back has ended.',
    source: 'not stated anywhere; a rotation belongs to the same grant',
    confidence: 'inferred',
  }),
  deviceFlowRotates: flag(true, {
    what: 'Refresh tokens of the device flow rotate as those of other flows.',
    source: 'not stated; the article on rotation speaks of flows that give refresh tokens',
    confidence: 'inferred',
  }),
  ipAllowlist: text('', {
    what: 'Addresses and ranges (`203.0.113.7 198.51.100.0/24`) from which a refresh is taken. Empty: from all. Without effect, as on the platform, while each callback is on this machine or has a scheme of its own.',
    source: 'help on the refresh token IP allowlist of 2026, at most 256 addresses',
    confidence: 'verified',
  }),
  ipAllowlistError: choice(['ip-restricted', 'dead-token', 'invalid-app-access'], {
    what: 'What is said of a refresh from another address: `invalid_grant` as `ip restricted` or as `expired access/refresh token`, or `invalid_app_access`. The token stays good.',
    source: 'the answer is not known; these are what the platform has for similar cases',
    confidence: 'own',
  }),
  revokeNeedsClient: flag(false, {
    what: 'Revocation asks for client authentication (RFC 7009 §2.1).',
    source: 'documentation and Postman: no; ClientManager.java of the Mobile SDK: yes',
    confidence: 'verified',
  }),
  introspectRotated: choice(['inactive', 'active'], {
    what: 'What introspection says of a refresh token that was rotated out while its family lives.',
    source: 'not stated anywhere',
    confidence: 'inferred',
  }),
  missingVerifier: choice(['invalid_grant', 'invalid_request'], {
    what: 'The error of a code exchange without a verifier.',
    source: 'PKCE documentation (code); the text is not known',
    confidence: 'verified',
  }),
  wrongVerifier: choice(['invalid_grant', 'invalid_request'], {
    what: 'The error of a verifier that does not hash to the challenge.',
    source: 'salesforce.stackexchange 330168, n8n#32421 (seen); old documentation has the other',
    confidence: 'verified',
  }),
  secretForCode: flag(true, {
    what: 'A confidential app needs its secret for a code exchange. Off, it may leave it out; a wrong one is refused all the same. Strict always asks for it.',
    source: 'setting "Require Secret for Web Server Flow"; PKCE does not replace the secret',
    confidence: 'verified',
  }),
  secretForRefresh: flag(true, {
    what: 'The same for a refresh.',
    source: 'setting "Require Secret for Refresh Token Flow"',
    confidence: 'verified',
  }),
  shortestVerifier: amount(0, {
    what: 'A verifier of fewer characters is refused. Strict has 43 to 128 whatever this says.',
    source: 'not known; the platform takes the 171 of its own SDKs',
    confidence: 'unverified',
  }),
  plainMethod: choice(['redirect', 'approval', 'token'], {
    what: 'How `code_challenge_method=plain` is refused: by redirect, by redirect as `OAUTH_APPROVAL_ERROR_GENERIC`, or not before the token endpoint, where no verifier matches. Strict never lets it through: there the last is the first.',
    source: 'that it does not work: appnigma.ai; how is not known',
    confidence: 'unverified',
  }),
  malformedChallenge: choice(['redirect', 'token'], {
    what: 'Where a challenge is refused that no SHA-256 can be: at once by redirect, or not before the token endpoint. Strict never lets it through.',
    source: 'not known',
    confidence: 'own',
  }),
  appScopes: text('*', {
    what: 'The scopes of the app, with spaces; `*`: every one that Salesforce has. A login may ask for no other. Empty: none was chosen, and the token endpoint says `no valid scopes defined`.',
    source: 'duc-propte/cip-dashboard; public skill file, OAuth troubleshooting',
    confidence: 'verified',
  }),
  httpsRequired: flag(false, {
    what: 'The authorization endpoint is refused in plain HTTP, as on the platform. Then the mock wants `mock.tls`.',
    source: 'old list of errors',
    confidence: 'verified',
  }),
  codeMs: amount(900_000, {
    what: 'Lifetime of authorization codes in milliseconds.',
    source: 'help page, 15 minutes',
    confidence: 'verified',
  }),
  deviceCodeMs: amount(600_000, {
    what: 'Lifetime of device codes in milliseconds.',
    source: 'device flow documentation, 10 minutes',
    confidence: 'verified',
  }),
  missingChallenge: choice(['redirect', 'text', 'approval'], {
    what: 'How a missing challenge is told: by redirect, as text without a content type, or by redirect as `OAUTH_APPROVAL_ERROR_GENERIC` (the org-wide setting).',
    source: 'HappySoup.io#252 (redirect); public reports (text); airbytehq/airbyte#85057 (approval)',
    confidence: 'verified',
  }),
  denialSpelling: choice(['access_denied', 'access-denied'], {
    what: 'The error of a login that the user refused. The documentation of the web server flow prints the hyphen.',
    source: 'web server flow documentation and public code disagree',
    confidence: 'unverified',
  }),
  clientCredentialsFlow: flag(true, {
    what: 'The app may use the client credentials flow. It works on My Domain and the instance only.',
    source: 'pozil/pub-sub-api-node-client#58; simple-salesforce#662',
    confidence: 'verified',
  }),
  runAsUser: text('U1', {
    what: 'The user as whom the client credentials flow runs. Empty: none was chosen, and the flow is refused.',
    source: 'client credentials flow documentation',
    confidence: 'verified',
  }),
  deviceFlow: flag(true, {
    what: 'The app may use the device flow.',
    source: 'setting "Enable Device Flow"',
    confidence: 'verified',
  }),
  userAgentFlow: flag(true, {
    what: 'The app may use the user-agent flow (`response_type=token`). Only while the mock takes what the platform takes; strict and observing refuse it.',
    source: 'user-agent flow documentation',
    confidence: 'verified',
  }),
  passwordFlow: flag(false, {
    what: 'The org allows the username-password flow, and `login()` over SOAP. The password of every user is `password`.',
    source: 'blocked by default since Summer ’23',
    confidence: 'verified',
  }),
  tokenExchangeFlow: flag(false, {
    what: 'The app has a token exchange handler, which trusts tokens that `app.publicKey` verifies.',
    source: 'token exchange documentation: a handler must be enabled for the app',
    confidence: 'verified',
  }),
  preAuthorized: flag(false, {
    what: 'An administrator has approved the app for every user: JWT bearer and token exchange need no earlier login.',
    source: 'setting "Permitted Users"',
    confidence: 'verified',
  }),
  dynamicRegistration: flag(true, {
    what: 'Dynamic client registration answers. What it registers is described, not served: the mock has one app.',
    source: 'OpenID Connect dynamic client registration documentation',
    confidence: 'verified',
  }),
  jwtAccessTokens: flag(false, {
    what: 'Access tokens are JWTs signed with RS256.',
    source:
      'setting "Issue JSON Web Token (JWT)-based access tokens for named users"; its claims are the mock’s choice',
    confidence: 'inferred',
  }),
  siteFields: choice(['sfdc_community', 'sfdc_site'], {
    what: 'How the fields of an Experience site begin in token answers.',
    source: 'jsforce and the Mobile SDK read sfdc_community; a 2026 SDK reads sfdc_site',
    confidence: 'verified',
  }),
  discoveryNamesPkce: flag(false, {
    what: 'The discovery document says `code_challenge_methods_supported`. The platform’s says nothing of PKCE: a client that uses PKCE only where discovery names it goes without.',
    source: 'document of login.salesforce.com as captured in 2026 (api-evangelist/service-cloud)',
    confidence: 'verified',
  }),
  idTokenMs: amount(120_000, {
    what: 'Lifetime of id_tokens in milliseconds. The setting of an app goes from 1 to 720 minutes.',
    source: 'public code (the range); general knowledge (the default of two minutes)',
    confidence: 'unverified',
  }),
  corsAsOnPlatform: flag(false, {
    what: 'Pages of other origins may read what they may on the platform: on the login hosts nothing of OAuth but documents and keys, single access and registration nowhere. Off, they may read everything.',
    source: 'help xcloud.remoteaccess_oauth_endpoints_cors; off, because `SF_LOGIN_URL` may stand in for My Domain',
    confidence: 'verified',
  }),
  dpop: choice(['off', 'accepted', 'required'], {
    what: 'Tokens bound to a key (RFC 9449) in the code and refresh flows: never, when the code exchange brings a proof, or always. Off, proofs and `dpop_jkt` are ignored, and `Authorization: DPoP` is refused.',
    source: 'Mobile SDK Android #2955, #2969 and iOS #4060: an app setting of 2026, off unless it is set',
    confidence: 'inferred',
  }),
  dpopNonce: flag(true, {
    what: 'Proofs have to carry a nonce of the server: one of the token endpoint there, one of the APIs there.',
    source:
      'Mobile SDK Android #2955: the token endpoint asks with 400 `use_dpop_nonce`, then answers `token_type: DPoP`',
    confidence: 'verified',
  }),
  headlessIdentity: flag(true, {
    what: 'The Experience site has headless registration, passwordless login and password reset, and the app the authorization code and credentials flow. Other hosts never have them.',
    source: 'Headless Identity implementation guide; Mobile SDK NativeLoginManager.kt',
    confidence: 'verified',
  }),
  headlessGuard: choice(['recaptcha', 'token'], {
    what: 'What a first headless request has to carry: a reCAPTCHA token (any will do, nobody is asked about it), or an access token with the scope of that request.',
    source: 'Headless Identity implementation guide: at least one of the two; NetworkAuthApiSettings names the scopes',
    confidence: 'verified',
  }),
  oneTimePassword: text('123456', {
    what: 'The one-time password of every headless request: the mock sends no mail.',
    source: 'no source; the platform draws one and sends it',
    confidence: 'own',
  }),
} satisfies Readonly<Record<string, Switch>>;
