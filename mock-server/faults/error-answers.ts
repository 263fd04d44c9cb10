/** Error answers of the token endpoint, of revocation and of the APIs, in place of the answer: nothing is committed. */
import { tokenRefusal } from '../salesforce/refusal.ts';
import { oauthError, resourceError } from './fault-answer.ts';
import { numberOf, textOf, type Fault } from './fault.ts';

type More = Partial<Pick<Fault, 'title' | 'on'>> & { readonly status?: number };

/** Returns the fault of an error as the token and revocation endpoints write it. */
function oauth(
  id: string,
  error: string,
  description: string,
  { title, on = 'refresh', status = 400 }: More = {},
): Fault {
  return {
    id,
    title: title ?? `${String(status)} ${error}: ${description}`,
    on,
    phase: 'before',
    reply: () => oauthError(status, error, description),
  };
}

/** Returns the fault of an error as the APIs write it. */
function api(id: string, title: string, answer: Parameters<typeof resourceError>): Fault {
  return { id, title, on: 'resource', phase: 'before', reply: () => resourceError(...answer) };
}

const UNCACHED = { 'Cache-Control': 'no-cache,must-revalidate,max-age=0,no-store,private' };

/** The faults that answer with an error. */
export const ERROR_ANSWERS: readonly Fault[] = [
  // What Salesforce answers to the second of two simultaneous refreshes: a lock; the token stays valid.
  oauth('busy', 'invalid_grant', 'token request is already being processed'),
  // The refresh token is rejected once, although it is valid (RFC 6749 §5.2).
  oauth('invalid-grant', 'invalid_grant', 'expired access/refresh token'),
  // The authorization code came too late (RFC 6749 §5.2).
  oauth('expired-code', 'invalid_grant', 'expired authorization code', { on: 'code' }),
  // The verifier is refused, although it is right (RFC 7636 §4.6).
  oauth('invalid-verifier', 'invalid_grant', 'invalid code verifier', { on: 'code' }),
  // The token that is to be revoked is unknown (RFC 7009 §2.2 asks for 200; Salesforce answers 400).
  oauth('invalid-token', 'invalid_token', 'invalid token', { title: '400 invalid_token', on: 'revoke' }),
  // The user was deactivated.
  oauth('inactive-user', 'inactive_user', 'user is inactive', { title: '400 inactive_user' }),
  // Too many logins of one user within an hour.
  oauth('rate-limited', 'rate_limit_exceeded', 'number of logins exceeded', { title: '400 rate_limit_exceeded' }),
  // The grant type is refused (RFC 6749 §5.2).
  oauth('unsupported-grant-type', 'unsupported_grant_type', 'grant type not supported', {
    title: '400 unsupported_grant_type',
  }),
  oauth('error-with-200', 'unknown_error', 'retry your request', { title: '200 with an error object', status: 200 }),
  // RFC 9110 §15.6.4.
  oauth('service-unavailable', 'service_unavailable', 'the service is temporarily unavailable', {
    title: '503 Service Unavailable, nothing committed',
    status: 503,
  }),
  // RFC 6585 §4, RFC 9110 §10.2.3. Setting: `seconds`, default 1.
  {
    id: 'throttled',
    title: '429 Too Many Requests with Retry-After',
    on: 'refresh',
    phase: 'before',
    reply: (_exchange, settings) =>
      oauthError(429, 'slow_down', 'too many requests', {
        'Retry-After': String(Math.ceil(numberOf(settings, 'seconds', 1, 3_600))),
      }),
  },
  // The client is refused (RFC 6749 §5.2). Setting: `status`, default 400 as Salesforce answers; RFC 6749 has 401 too.
  {
    id: 'invalid-client',
    title: '400 invalid_client',
    on: 'refresh',
    phase: 'before',
    reply: (_exchange, settings) =>
      oauthError(numberOf(settings, 'status', 400, 599), 'invalid_client', 'invalid client credentials'),
  },
  // Any error of the platform by its code. Settings: `error`, default `unknown_error`; `description`; `status`, default 400.
  {
    id: 'oauth-error',
    title: '400 with any error of the platform',
    on: 'refresh',
    phase: 'before',
    reply: (exchange, settings) => {
      const error = textOf(settings, 'error', 'unknown_error');
      const errorDescription = textOf(settings, 'description', 'unknown error');
      return tokenRefusal(exchange, { status: numberOf(settings, 'status', 400, 599), error, errorDescription });
    },
  },
  // The session is refused although it is valid.
  api('unauthorized', '401 INVALID_SESSION_ID although the session is valid', [
    401,
    'INVALID_SESSION_ID',
    'Session expired or invalid',
  ]),
  // A session that the REST API does not accept, before and after a refresh: refreshing and retrying never ends (jsforce#1301).
  api('session-not-for-rest', '401 INVALID_SESSION_ID that a refresh does not fix', [
    401,
    'INVALID_SESSION_ID',
    'This session is not valid for use with the REST API',
    UNCACHED,
  ]),
  // The session is valid and a permission is missing: a refresh does not help (RFC 6750 §3.1).
  api('forbidden', '403 INSUFFICIENT_ACCESS with a good token', [
    403,
    'INSUFFICIENT_ACCESS',
    'insufficient access rights on cross-reference id',
  ]),
  // The org's edition has no API: a login works, and every API request is refused with a valid token (forcedotcom/cli#3428).
  api('api-disabled', '403 API_DISABLED_FOR_ORG with a valid token', [
    403,
    'API_DISABLED_FOR_ORG',
    'The REST API is not enabled for this Organization.',
  ]),
  // The resource does not exist: a refresh does not help.
  api('not-found', '404 NOT_FOUND with a good token', [404, 'NOT_FOUND', 'The requested resource does not exist']),
];
