/** Defines refusals as data; they are never thrown. */

/** A requirement of the partner rule, or Salesforce's own behavior. */
export type Ground =
  | 'SF-PKCE-AUTHORIZE'
  | 'SF-PKCE-CHALLENGE'
  | 'SF-PKCE-TOKEN'
  | 'SF-PKCE-VERIFIER'
  | 'SF-PUBLIC-NO-SECRET'
  | 'SF-CONFIDENTIAL-BOTH'
  | 'platform';

/** A refusal of a request, converted to an answer by `refusal.ts`. */
export interface Denial {
  /** Name of the policy's rule, such as `missing-challenge`: the `deniedBy` of the history. Absent for refusals of any server, such as an
   * expired token or a used code. */
  readonly rule?: string;
  /** Reason of the refusal: a requirement of the partner rule, or Salesforce, which refuses the same. */
  readonly ground?: Ground;
  readonly status: number;
  readonly error: string;
  readonly errorDescription: string;
  /** Authorization endpoint only: true returns the error to the client by redirect; otherwise it is text on a page. */
  readonly redirect?: boolean;
  /** Authorization endpoint only: true sends the text without a content type, as Salesforce was seen to do. */
  readonly bare?: boolean;
}

/** Salesforce's error and description for each situation. */
export const TEXTS = {
  'dead-token': ['invalid_grant', 'expired access/refresh token'],
  'in-flight': ['invalid_grant', 'token request is already being processed'],
  'token-validity': ['invalid_grant', 'token validity expired'],
  'ip-restricted': ['invalid_grant', 'ip restricted'],
  'app-access': ['invalid_app_access', 'this app may not be used from here'],
  'expired-code': ['invalid_grant', 'expired authorization code'],
  'foreign-code': ['invalid_grant', 'invalid authorization code'],
  'code-verifier': ['invalid_grant', 'invalid code verifier'],
  'code-verifier-request': ['invalid_request', 'invalid code verifier'],
  'client-credentials': ['invalid_client', 'invalid client credentials'],
  'client-identifier': ['invalid_client_id', 'client identifier invalid'],
  'redirect-mismatch': ['redirect_uri_mismatch', 'redirect_uri must match configuration'],
  'redirect-missing': ['redirect_uri_missing', 'redirect_uri not provided'],
  'grant-type': ['unsupported_grant_type', 'grant type not supported'],
  'response-type': ['unsupported_response_type', 'response type not supported'],
  scope: ['invalid_scope', 'the requested scope is not allowed'],
  'no-scopes': ['invalid_grant', 'no valid scopes defined'],
  'scope-parameter': ['invalid_request', 'scope parameter not supported'],
  'missing-challenge': ['invalid_request', 'missing required code challenge'],
  'challenge-method': ['invalid_request', 'code challenge method must be S256'],
  'malformed-challenge': ['invalid_request', 'invalid code challenge'],
  'authentication-failure': ['invalid_grant', 'authentication failure'],
  'not-approved': ['invalid_grant', "user hasn't approved this consumer"],
  audience: ['invalid_grant', 'Audience validation failed'],
  assertion: ['invalid_grant', 'invalid assertion'],
  'assertion-type': ['invalid_assertion_type', 'assertion type not supported'],
  'assertion-expired': ['invalid_grant', 'expired authorization code'],
  domain: ['invalid_grant', 'request not supported on this domain'],
  'no-run-as-user': ['invalid_grant', 'no client credentials user enabled'],
  'flow-disabled': ['oauth_flow_disabled', 'this flow is not enabled for the app'],
  'authorization-pending': ['authorization_pending', 'authorization is pending'],
  'token-type': ['unsupported_token_type', 'this token type is not supported'],
  'slow-down': ['slow_down', 'polling too frequently'],
  'device-denied': ['access_denied', 'end-user denied authorization'],
  'device-expired': ['invalid_grant', 'expired device code'],
  'device-code': ['invalid_request', 'invalid device code'],
  'approval-stage': ['OAUTH_APPROVAL_ERROR_GENERIC', 'An unexpected error has occurred during authentication'],
  immediate: ['immediate_unsuccessful', 'the user has to sign in'],
  'https-required': ['invalid_request', 'HTTPS required'],
  'out-of-band': ['invalid_request', 'out-of-band not supported'],
  'use-get': ['invalid_request', 'must use HTTP GET'],
  'use-post': ['invalid_request', 'must use HTTP POST'],
  'dpop-proof': ['invalid_dpop_proof', 'invalid DPoP proof'],
  'dpop-nonce': ['use_dpop_nonce', 'the DPoP proof needs a nonce'],
  'one-time-password': ['invalid_otp', 'the one-time password is wrong or has expired'],
  'headless-guard': ['invalid_request', 'a reCAPTCHA token is required'],
  'headless-token': ['invalid_token', 'an access token with the scope of this request is required'],
  'headless-body': ['invalid_request', 'the body is not a JSON object with the parameters of this request'],
  'headless-registration': ['failed_registration', 'the user data is incomplete'],
} as const;

/** Returns a denial by a rule of the policy, in Salesforce's words for a situation. Without a ground, Salesforce refuses it too. */
export function denial(
  rule: string,
  situation: keyof typeof TEXTS,
  how: { readonly status?: number; readonly redirect?: boolean; readonly ground?: Ground } = {},
): Denial {
  const { status = 400, redirect = false, ground = 'platform' } = how;
  return { rule, ground, ...refusal(situation), status, redirect };
}

/** Returns a denial without a rule, for refusals of any server. */
export function refusal(situation: keyof typeof TEXTS): Denial {
  const [error, errorDescription] = TEXTS[situation];
  return { error, errorDescription, status: 400 };
}

/** Returns the situation of a missing or wrong verifier for the error that a switch selects. */
export const verifierSituation = (error: 'invalid_grant' | 'invalid_request') =>
  error === 'invalid_grant' ? 'code-verifier' : 'code-verifier-request';
