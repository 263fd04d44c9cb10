/** One ordinary API call. */
import type { Environment } from './environment.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import type { Parts } from './parts.ts';
import type { Tokens } from './tokens.ts';
import { failure } from './actions.ts';
import type { Answer } from './actions.ts';

/** Calls; when the session has ended, refreshes once and calls once more. */
export async function call(parts: Parts): Promise<Answer> {
  const { behaviours, store } = parts;
  const tokens = store.read();
  if (tokens === undefined) return failure('not connected', true);
  const first = await request(tokens, parts);
  if (first === undefined || !behaviours.isExpired(first)) return toAnswer(first);
  const renewal = await behaviours.renew(tokens, parts);
  if (!renewal.ok) return failure(renewal.error, renewal.reauthorize);
  return toAnswer(await request(renewal.tokens, parts));
}

/** The access token goes into the header and nowhere else (RFC 6750 §2.1), to the instance that the token answer named. */
export function apiRequest(tokens: Tokens, _env: Environment): HttpRequest {
  return {
    method: 'GET',
    url: `${tokens.instanceUrl}/services/data/v67.0/limits`,
    headers: { authorization: `Bearer ${tokens.accessToken}` },
  };
}

/** Salesforce names no lifetime; an expired session shows as 401 INVALID_SESSION_ID, on the identity URL as 403 Bad_OAuth_Token. */
export function isExpired(answer: HttpAnswer): boolean {
  if (answer.status === 401) return answer.text.includes('INVALID_SESSION_ID');
  return answer.status === 403 && answer.text.trim() === 'Bad_OAuth_Token';
}

/** Sends one API request; undefined when no answer came. */
export async function request(tokens: Tokens, { env, behaviours }: Parts): Promise<HttpAnswer | undefined> {
  try {
    return await behaviours.send(behaviours.apiRequest(tokens, env), 'api');
  } catch {
    return undefined;
  }
}

/** What the adapter says of it. */
export function toAnswer(answer: HttpAnswer | undefined): Answer {
  if (answer === undefined) return failure('the API cannot be reached');
  if (answer.status >= 200 && answer.status < 300) return { ok: true, status: answer.status };
  return { ok: false, error: `the API answered ${String(answer.status)}`, status: answer.status };
}
