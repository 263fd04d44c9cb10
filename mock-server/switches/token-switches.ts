/** Defines the switches of tokens: their lifetimes, what a refresh locks, what ends them. */
import { amount, choice, flag, text, type Switch } from './switch.ts';

/** The switches of tokens. */
export const TOKEN_SWITCHES = {
  approvalLimit: amount(5, {
    what: 'So many approvals per user and app live; one more ends the oldest. 0: no limit.',
    source: 'Oracle Salesforce adapter documentation; nango.dev; useparagon.com',
    confidence: 'verified',
  }),
  rotationCountsAsApproval: flag(false, {
    what: 'Each rotation is one of the approvals that `approvalLimit` counts: a login that lies more than so many logins and rotations of its user back has ended.',
    source: 'not stated anywhere; a rotation belongs to the same grant',
    confidence: 'inferred',
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
    source: 'the answer is not known; presumably that of every invalid token. The other text: general knowledge',
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
    source: 'comments in @salesforce/core say so; the release notes mention only a refusal',
    confidence: 'unverified',
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
  revokeContentType: choice(['text/plain; charset=utf-8', 'application/json;charset=UTF-8', 'none'], {
    what: 'The content type of a revocation that succeeded; its body is empty. simple-oauth2 5.1 wants JSON or none.',
    source: 'no recording found',
    confidence: 'own',
  }),
  introspectRotated: choice(['inactive', 'active'], {
    what: 'What introspection says of a refresh token that was rotated out while its family lives.',
    source: 'not stated anywhere',
    confidence: 'inferred',
  }),
  jwtAccessTokens: flag(false, {
    what: 'Access tokens are JWTs signed with RS256.',
    source:
      'setting "Issue JSON Web Token (JWT)-based access tokens for named users"; its claims are the mock’s choice',
    confidence: 'inferred',
  }),
  idTokenMs: amount(120_000, {
    what: 'Lifetime of id_tokens in milliseconds. The setting of an app goes from 1 to 720 minutes.',
    source: 'public code (the range); general knowledge (the default of two minutes)',
    confidence: 'unverified',
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
} satisfies Readonly<Record<string, Switch>>;
