/** How the service itself says no: in Salesforce's shape, before the tenant's mock has seen anything. */
import type { ServerResponse } from 'node:http';

export interface Refusal {
  readonly status: 413 | 421 | 429 | 500 | 503;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly errorCode: 'REQUEST_LIMIT_EXCEEDED' | 'SERVER_UNAVAILABLE' | 'UNKNOWN_EXCEPTION' | 'URL_NOT_RESET';
  readonly message: string;
}

/** An order that a mock of one's own takes and a tenant cannot. The message says why, and what to do instead. */
export class OrderRefused extends Error {
  override readonly name = 'OrderRefused';
}

export const TOO_MANY_AT_ONCE: Refusal = {
  status: 429,
  retryAfter: 1,
  errorCode: 'REQUEST_LIMIT_EXCEEDED',
  message: 'ConcurrentRequests Limit exceeded.',
};
export const HISTORY_FULL: Refusal = {
  status: 503,
  errorCode: 'REQUEST_LIMIT_EXCEEDED',
  message: 'TotalRequests Limit exceeded.',
};
export const TOO_MANY_LOGINS: Refusal = {
  status: 503,
  errorCode: 'REQUEST_LIMIT_EXCEEDED',
  message: 'TotalLogins Limit exceeded.',
};
export const AWAY: Refusal = {
  status: 503,
  retryAfter: 1,
  errorCode: 'SERVER_UNAVAILABLE',
  message: 'The server is temporarily unavailable.',
};

const OAUTH_ERRORS = {
  REQUEST_LIMIT_EXCEEDED: 'request_limit_exceeded',
  SERVER_UNAVAILABLE: 'service_unavailable',
  UNKNOWN_EXCEPTION: 'server_error',
  URL_NOT_RESET: 'service_unavailable',
} as const satisfies Record<Refusal['errorCode'], string>;

/** The body of a refusal, and the error that it names: OAuth's shape on OAuth's paths (RFC 6749 §5.2), a list elsewhere. */
export function refusalBody(
  path: string,
  { errorCode, message }: Refusal,
): { readonly body: object; readonly error: string } {
  if (!path.startsWith('/services/oauth2/')) return { body: [{ message, errorCode }], error: errorCode };
  const error = OAUTH_ERRORS[errorCode];
  return { body: { error, error_description: message }, error };
}

/** Answers, unless an answer has begun. */
export function refuse(response: ServerResponse, path: string, refusal: Refusal): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify(refusalBody(path, refusal).body);
  response.writeHead(refusal.status, {
    'Content-Type': 'application/json;charset=UTF-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    ...(refusal.retryAfter !== undefined && { 'Retry-After': String(refusal.retryAfter) }),
  });
  response.end(body);
}
