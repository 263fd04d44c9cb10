/** How the service itself says no: in Salesforce's shape, before the tenant's mock has seen anything. */
import type { ServerResponse } from 'node:http';

export interface Refusal {
  readonly status: 413 | 421 | 429 | 503;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly errorCode: 'REQUEST_LIMIT_EXCEEDED' | 'SERVER_UNAVAILABLE' | 'URL_NOT_RESET';
  readonly message: string;
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

/** The body of a refusal: OAuth's shape on OAuth's paths (RFC 6749 §5.2), a list elsewhere. */
export function refusalBody(path: string, { errorCode, message }: Refusal): object {
  if (!path.startsWith('/services/oauth2/')) return [{ message, errorCode }];
  const error = errorCode === 'REQUEST_LIMIT_EXCEEDED' ? 'request_limit_exceeded' : 'service_unavailable';
  return { error, error_description: message };
}

/** Answers, unless an answer has begun. */
export function refuse(response: ServerResponse, path: string, refusal: Refusal): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify(refusalBody(path, refusal));
  response.writeHead(refusal.status, {
    'Content-Type': 'application/json;charset=UTF-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    ...(refusal.retryAfter !== undefined && { 'Retry-After': String(refusal.retryAfter) }),
  });
  response.end(body);
}
