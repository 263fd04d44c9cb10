/** Defines the switches of logins and code exchanges. */
import { amount, choice, flag, text, type Switch } from './switch.ts';

/** The switches of logins and code exchanges. */
export const LOGIN_SWITCHES = {
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
  missingChallenge: choice(['redirect', 'text', 'approval', 'error-page'], {
    what: 'How a missing challenge is reported: by redirect, as text without a content type, by redirect as `OAUTH_APPROVAL_ERROR_GENERIC` (the org-wide setting), or as a page "internal server error" without a redirect (seen with callbacks of a scheme of the app’s own; there it comes after consent).',
    source:
      'HappySoup.io#252 (redirect); public reports (text); airbytehq/airbyte#85057 (approval); SoqlX#178 (error-page)',
    confidence: 'verified',
  }),
  missingMethod: choice(['S256', 'plain', 'refused'], {
    what: 'What a challenge without `code_challenge_method` means: S256; plain as in RFC 7636 §4.3, which the platform does not have, so that no verifier matches; or it is refused by redirect. Strict always refuses it.',
    source:
      'jsforce and the Mobile SDKs never send it (S256); salesforce.stackexchange 330168 (`invalid code verifier` until it was sent)',
    confidence: 'verified',
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
  denialSpelling: choice(['access_denied', 'access-denied'], {
    what: 'The error of a login that the user refused. The documentation of the web server flow prints the hyphen.',
    source: 'web server flow documentation and public code disagree',
    confidence: 'unverified',
  }),
  codeMs: amount(900_000, {
    what: 'Lifetime of authorization codes in milliseconds.',
    source: 'help page, 15 minutes',
    confidence: 'verified',
  }),
  verifierAlphabet: choice(['unreserved', 'base64url'], {
    what: 'The characters of a verifier: those of RFC 7636 §4.1, or those alone that base64url has: then one with `.` or `~` is `invalid code verifier`. Never while observing.',
    source: 'RFC 7636; oauth2-proxy#2620, tested against a Salesforce app (base64url)',
    confidence: 'unverified',
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
  shortestVerifier: amount(0, {
    what: 'A verifier of fewer characters is refused. Strict has 43 to 128 whatever this says.',
    source: 'not known; the platform takes the 171 of its own SDKs',
    confidence: 'unverified',
  }),
  refuseTilde: flag(false, {
    what: 'A `~` in a verifier is refused, as some have reported of the platform. RFC 7636 §4.1 allows it.',
    source: 'field reports',
    confidence: 'unverified',
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
  secretForCode: flag(true, {
    what: 'A confidential app needs its secret for a code exchange. Off, it may leave it out; a wrong one is refused all the same. Strict always asks for it, as the partner rule does.',
    source: 'setting "Require Secret for Web Server Flow"; PKCE does not replace the secret',
    confidence: 'verified',
  }),
  secretForRefresh: flag(true, {
    what: 'The same for a refresh, of which the partner rule says nothing: strict goes by this switch, too.',
    source: 'setting "Require Secret for Refresh Token Flow"',
    confidence: 'verified',
  }),
  invalidClientStatus: choice([400, 401], {
    what: 'HTTP status of `invalid_client`. RFC 6749 §5.2 allows 401; Salesforce has only been seen to send 400.',
    source: 'nango.dev table of errors; anthropics/claude-ai-mcp#606',
    confidence: 'verified',
  }),
  multipartTokens: choice(['refused', 'read'], {
    what: 'What becomes of a token request with a body of the type multipart/form-data, as PHP’s cURL sends an array: its parameters are not seen, so that it is an `unsupported_grant_type`, or read as those of a form.',
    source: 'no recording found',
    confidence: 'own',
  }),
} satisfies Readonly<Record<string, Switch>>;
