/** The codes of errors that the platform's server has, and how each can be had of the mock. */

/** As Salesforce copied them from its server into the Mobile SDK: `OAuthErrorCode.kt`. */
export const SERVER_CODES: readonly string[] = (
  'access_denied app_attest_failed app_attest_failed_retry app_blocked app_not_found authorization_pending bad_jti_claim ecapp_policy_not_found ' +
  'exceeded_registration_limit fail_close_app_blocked failed_registration immediate_unsuccessful installation_error invalid_app_access ' +
  'invalid_assertion_type invalid_basic_auth_header invalid_client invalid_client_id invalid_distribution_state invalid_dpop_proof invalid_expid ' +
  'invalid_grant invalid_otp invalid_request invalid_scope invalid_session_level invalid_token login_error oauth_flow_disabled ' +
  'oauth_policy_not_found otp_error redirect_uri_mismatch redirect_uri_missing registration_error server_error service_unavailable slow_down ' +
  'system_down unknown_error unsupported_expid unsupported_grant_type unsupported_response_type unsupported_token_type use_dpop_nonce'
).split(' ');

const POLICY = 'an administrator’s policy, which is the platform’s affair';
const MOBILE = 'of the Mobile SDK’s own services, which the mock has not';

/** Codes that the mock does not say by itself: by which fault they come, or why they do not. Any of them: fault `oauth-error` with `error`. */
export const NOT_BY_ITSELF: Readonly<Record<string, string>> = {
  app_attest_failed: MOBILE,
  app_attest_failed_retry: MOBILE,
  app_blocked: `fault \`app-blocked\` at the callback; ${POLICY}`,
  app_not_found: 'fault `app-not-found` at the callback; the mock has one app',
  bad_jti_claim: 'no `jti` is remembered',
  ecapp_policy_not_found: POLICY,
  exceeded_registration_limit:
    'registration beyond 100 apps says `invalid_request`; which of the two the platform says is not known',
  fail_close_app_blocked: POLICY,
  installation_error: 'apps are not installed',
  invalid_basic_auth_header:
    'a Basic header that cannot be read is `invalid_client`; when the platform says this is not known',
  invalid_distribution_state: 'apps are not distributed',
  invalid_expid: 'Experience sites have no expid pages',
  invalid_session_level: 'sessions have one level',
  login_error: 'when the platform says it is not known',
  oauth_policy_not_found: POLICY,
  otp_error: 'a wrong one-time password is `invalid_otp`',
  registration_error: 'incomplete data is `failed_registration`',
  server_error: 'fault `server-error-after-commit`',
  service_unavailable: 'fault `service-unavailable`',
  unknown_error: 'fault `error-with-200`',
  unsupported_expid: 'Experience sites have no expid pages',
};

/** What is known of errors and limits, and has no row elsewhere: what, and why not. */
export const NOT_MODELLED: readonly (readonly [what: string, why: string])[] = [
  [
    '`Failed: Invalid Nonce` in Login History, for a code that comes twice',
    'the mock has no Login History; its own history says `code.uses`',
  ],
  [
    '3,600 logins of a user within an hour',
    'not enforced, because load tests log in more often. Faults `login-rate`, `rate-limited`, `authorize-rate-limit`',
  ],
  [
    'the limit of access tokens of an org, which ends the one that was used longest ago',
    'the number is not known; `expireAccessTokens` ends them',
  ],
  [
    '2 to 10 minutes until a new app or secret is known',
    'settings are known at once; fault `oauth-error` with `invalid_client_id`',
  ],
  ['connected apps that are not installed (since September 2025)', 'the app is installed; fault `app-not-found`'],
  [
    '`error_description` before `error` in bodies, as some servers were seen to send',
    'the order of a JSON object means nothing',
  ],
  [
    '`OAUTH_APPROVAL_ERROR_GENERIC` at random',
    'comes by `missingChallenge`, `plainMethod`, or the faults `approval-error` and `approval-error-page`',
  ],
];
