/** Every grant of the mock. */
import { GUIDE, HELP, type Modelled } from './modelled.ts';

/** Every `grant_type`, and what else begins a grant. */
export const GRANTS: readonly Modelled[] = [
  {
    what: 'authorization_code',
    how: 'PKCE with S256; one code gives one family; redirect_uri has to be the same.',
    source: `${HELP} remoteaccess_pkce`,
    confidence: 'verified',
    switches: ['codeMs', 'burnCodeOnWrongVerifier', 'codeReuseRevokes', 'refuseTilde', 'approvalLimit'],
  },
  {
    what: 'refresh_token',
    how: 'Rotation by compare-and-set; one winner; in-flight answer; reuse ends the family; idle and absolute end.',
    source: `${HELP} 005316711; release notes 250 and 252`,
    confidence: 'verified',
    switches: [
      'reuseRevokesUser',
      'rotationEndsAccessTokens',
      'refreshTokenIdleMs',
      'refreshTokenMs',
      'expiryRestartsOnRotation',
    ],
  },
  {
    what: 'hybrid_auth_code',
    how: 'As authorization_code, with sessions for web views that open nothing here.',
    source: 'Mobile SDK OAuth2.java',
    confidence: 'verified',
  },
  {
    what: 'hybrid_refresh',
    how: 'As refresh_token, with the same sessions.',
    source: 'Mobile SDK OAuth2.java',
    confidence: 'verified',
  },
  {
    what: 'client_credentials',
    how: 'As one user, on My Domain and the instance; no refresh token.',
    source: 'simple-salesforce#662; pozil/pub-sub-api-node-client#58',
    confidence: 'verified',
    switches: ['clientCredentialsFlow', 'runAsUser'],
  },
  {
    what: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    how: 'RS256 against `app.publicKey`; three minutes of tolerance; needs an earlier approval. `jti` is not remembered.',
    source: 'public code; simple-salesforce login.py',
    confidence: 'verified',
    switches: ['preAuthorized'],
  },
  {
    what: 'urn:ietf:params:oauth:grant-type:token-exchange',
    how: 'Trusts what `app.publicKey` verifies; needs an earlier approval.',
    source: 'public code',
    confidence: 'inferred',
    switches: ['tokenExchangeFlow', 'preAuthorized'],
  },
  {
    what: 'device',
    how: 'Salesforce’s variant: polled with `code`, five seconds apart, no `expires_in`.',
    source: 'public code',
    confidence: 'verified',
    switches: ['deviceFlow', 'deviceCodeMs'],
  },
  {
    what: 'password',
    how: 'Refused by default.',
    source: 'public code; blocked since Summer ’23',
    confidence: 'verified',
    switches: ['passwordFlow'],
  },
  {
    what: 'response_type=token',
    how: 'Tokens in the fragment; only while the mock takes what the platform takes.',
    source: 'user-agent flow documentation',
    confidence: 'verified',
    switches: ['userAgentFlow'],
  },
  {
    what: 'response_type=device_code',
    how: 'Starts a device, at the token or the authorization endpoint.',
    source: 'public code',
    confidence: 'verified',
    switches: ['deviceFlow'],
  },
  {
    what: 'response_type=code_credentials',
    how: 'The authorization code and credentials flow: a POST to the authorization endpoint of an Experience site with `Auth-Request-Type` and `Authorization: Basic`, answered by a redirect, mostly to echo. PKCE is asked for as in any login. The password of a user who chose none is `password`. Without `Auth-Request-Type` a person has to sign in; on other hosts `unsupported_response_type` (inferred).',
    source: `${GUIDE}; Mobile SDK NativeLoginManager.kt; public code for 302 and 400; words of errors inferred`,
    confidence: 'verified',
    switches: ['headlessIdentity', 'oneTimePassword'],
  },
];
