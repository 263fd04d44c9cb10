/** Lists errors of Salesforce whose causes the mock does not have: decisions of an administrator, addresses, hours, limits. The fault of
 * the same name returns each of them (faults/documented-errors.ts). */
import type { Confidence } from '../switches/switch.ts';

/** A documented error of Salesforce. */
export interface DocumentedError {
  /** Name of its fault. */
  readonly id: string;
  readonly error: string;
  readonly description: string;
  /** `token`: body of the token endpoint. `callback`: by redirect to the client, after sign-in. `page`: shown to the user, without a
   * redirect. */
  readonly delivered: 'token' | 'callback' | 'page';
  /** When Salesforce returns it. */
  readonly when: string;
  readonly source: string;
  readonly confidence: Confidence;
}

const OLD_LIST = 'old list of errors';

/** The documented errors, which become faults. */
export const DOCUMENTED: readonly DocumentedError[] = [
  {
    id: 'user-inactive',
    error: 'invalid_grant',
    description: 'inactive user',
    delivered: 'token',
    when: 'the user was deactivated',
    source: 'restforce#303',
    confidence: 'verified',
  },
  {
    id: 'org-inactive',
    error: 'invalid_grant',
    description: 'inactive organization',
    delivered: 'token',
    when: 'the org was locked or has ended',
    source: OLD_LIST,
    confidence: 'unverified',
  },
  {
    id: 'ip-restricted',
    error: 'invalid_grant',
    description: 'ip restricted',
    delivered: 'token',
    when: 'the address is outside the ranges of the user’s profile',
    source: OLD_LIST,
    confidence: 'unverified',
  },
  {
    id: 'login-hours',
    error: 'invalid_grant',
    description: 'invalid login hours',
    delivered: 'token',
    when: 'the profile allows no login at this hour',
    source: OLD_LIST,
    confidence: 'unverified',
  },
  {
    id: 'ip-or-hours',
    error: 'invalid_grant',
    description: 'IP restricted or invalid login hours',
    delivered: 'token',
    when: 'either of the two, as older documentation has it',
    source: OLD_LIST,
    confidence: 'verified',
  },
  {
    id: 'login-rate',
    error: 'invalid_grant',
    description: 'login rate exceeded',
    delivered: 'token',
    when: 'the user had more than 3,600 logins within an hour',
    source: 'general knowledge; the number: restforce#744',
    confidence: 'unverified',
  },
  {
    id: 'no-scopes',
    error: 'invalid_grant',
    description: 'no valid scopes defined',
    delivered: 'token',
    when: 'no scope was chosen in the app’s settings',
    source: 'public skill file, OAuth troubleshooting',
    confidence: 'verified',
  },
  {
    id: 'invalid-signature',
    error: 'invalid_grant',
    description: 'invalid signature',
    delivered: 'token',
    when: 'an assertion was signed with another key; the mock itself says `invalid assertion`',
    source: 'general knowledge',
    confidence: 'unverified',
  },
  {
    id: 'not-admin-approved',
    error: 'invalid_app_access',
    description: 'user is not admin approved to access this app',
    delivered: 'token',
    when: 'Permitted Users is set to those whom an administrator approved',
    source: 'public code',
    confidence: 'verified',
  },
  {
    id: 'invalid-client-credentials',
    error: 'invalid_client_credentials',
    description: 'invalid client credentials',
    delivered: 'token',
    when: 'documented, and never seen',
    source: 'Mobile SDK SFSDKOAuthConstants.h',
    confidence: 'verified',
  },
  {
    id: 'system-down',
    error: 'system_down',
    description: 'system is down',
    delivered: 'token',
    when: 'the instance is being maintained',
    source: 'code from the Mobile SDK’s list, text our own',
    confidence: 'inferred',
  },
  {
    id: 'https-required',
    error: 'invalid_request',
    description: 'HTTPS required',
    delivered: 'page',
    when: 'the authorization endpoint is opened in plain HTTP',
    source: OLD_LIST,
    confidence: 'verified',
  },
  {
    id: 'authorize-inactive-user',
    error: 'inactive_user',
    description: 'user is inactive',
    delivered: 'callback',
    when: 'the user was deactivated',
    source: `${OLD_LIST} (code), text our own`,
    confidence: 'verified',
  },
  {
    id: 'authorize-inactive-org',
    error: 'inactive_org',
    description: 'organization is inactive',
    delivered: 'callback',
    when: 'the org was locked or has ended',
    source: `${OLD_LIST} (code), text our own`,
    confidence: 'verified',
  },
  {
    id: 'authorize-rate-limit',
    error: 'rate_limit_exceeded',
    description: 'number of logins exceeded',
    delivered: 'callback',
    when: 'the user had more than 3,600 logins within an hour',
    source: `${OLD_LIST}; restforce#744`,
    confidence: 'verified',
  },
  {
    id: 'immediate-unsuccessful',
    error: 'immediate_unsuccessful',
    description: 'the user has to sign in',
    delivered: 'callback',
    when: 'the client asked for no interaction and there is no session',
    source: 'documentation (code), text our own',
    confidence: 'verified',
  },
  {
    id: 'app-access-denied',
    error: 'OAUTH_APP_ACCESS_DENIED',
    description: 'the user may not use this app',
    delivered: 'callback',
    when: 'the app’s policies leave the user out',
    source: 'public code (code), text our own',
    confidence: 'verified',
  },
  {
    id: 'app-blocked',
    error: 'OAUTH_APP_BLOCKED',
    description: 'this app is blocked by admin',
    delivered: 'callback',
    when: 'an administrator blocked the app',
    source: 'n8n#21589',
    confidence: 'verified',
  },
  {
    id: 'app-not-found',
    error: 'OAUTH_EC_APP_NOT_FOUND',
    description: 'the external client app is not installed in this org',
    delivered: 'callback',
    when: 'the app is not installed in the org; said after a login that succeeded',
    source: 'Pipedream#21557, #21571 (code), text our own',
    confidence: 'verified',
  },
  {
    id: 'authorization-blocked',
    error: 'OAUTH_AUTHORIZATION_BLOCKED',
    description: 'the authorization is blocked',
    delivered: 'callback',
    when: 'an administrator blocked the authorization',
    source: 'public code (code), text our own',
    confidence: 'verified',
  },
  {
    id: 'approval-error',
    error: 'OAUTH_APPROVAL_ERROR_GENERIC',
    description: 'An unexpected error has occurred during authentication',
    delivered: 'callback',
    when: 'something failed when the user approved, a missing challenge among others',
    source: 'SalesforceMobileSDK-Package#320; claude-ai-mcp#527',
    confidence: 'verified',
  },
  {
    id: 'approval-error-page',
    error: 'OAUTH_APPROVAL_ERROR_GENERIC',
    description: 'An unexpected error has occurred during authentication',
    delivered: 'page',
    when: 'the same, shown as a page, as in mobile apps',
    source: 'SalesforceMobileSDK-Package#320',
    confidence: 'verified',
  },
];
