/** Defines the switches of other flows and of hosts. */
import { amount, choice, flag, text, type Switch } from './switch.ts';

/** The switches of other flows and of hosts. */
export const FLOW_SWITCHES = {
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
  deviceCodeMs: amount(600_000, {
    what: 'Lifetime of device codes in milliseconds.',
    source: 'device flow documentation, 10 minutes',
    confidence: 'verified',
  }),
  deviceFlowRotates: flag(true, {
    what: 'Refresh tokens of the device flow rotate as those of other flows.',
    source: 'not stated; the article on rotation speaks of flows that give refresh tokens',
    confidence: 'inferred',
  }),
  browserSessions: flag(true, {
    what: 'A person stays signed in at a host for two hours, and is not asked again for what they approved: `prompt` asks all the same, `immediate=true` goes on without a page, signing out ends it. Off: every authorization asks.',
    source: 'web server flow documentation (`prompt`, `immediate`); that an approval is remembered: general knowledge',
    confidence: 'inferred',
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
  wrongPasswordText: choice(['authentication failure', 'authentication failure - Invalid Password'], {
    what: 'What is said of a wrong password in the username-password flow.',
    source: 'forrest#364, force-rest-api#20; a fixture of restforce and the iOS SDK (the other)',
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
  headlessIdentity: flag(true, {
    what: 'The Experience site has headless registration, passwordless login and password reset, and the app the authorization code and credentials flow. Other hosts never have them.',
    source: 'Headless Identity implementation guide; Mobile SDK NativeLoginManager.kt',
    confidence: 'verified',
  }),
  headlessGuard: choice(['recaptcha', 'token'], {
    what: 'What a first headless request has to carry: a reCAPTCHA token (any value; it is not verified), or an access token with the scope of that request.',
    source: 'Headless Identity implementation guide: at least one of the two; NetworkAuthApiSettings names the scopes',
    confidence: 'verified',
  }),
  oneTimePassword: text('123456', {
    what: 'The one-time password of every headless request: the mock sends no mail.',
    source: 'no source; the platform draws one and sends it',
    confidence: 'own',
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
  corsAsOnPlatform: flag(false, {
    what: 'Pages of other origins may read what they may on the platform: on the login hosts nothing of OAuth but documents and keys, single access and registration nowhere. Off, they may read everything.',
    source: 'help xcloud.remoteaccess_oauth_endpoints_cors; off, because `SF_LOGIN_URL` may stand in for My Domain',
    confidence: 'verified',
  }),
} satisfies Readonly<Record<string, Switch>>;
