/** Builds the `response` event of an exchange. */
import type { Response } from '../../src/history/event.ts';
import type { Wire } from '../http/wire.ts';
import { headerOf, type Reply } from '../reply.ts';
import type { Exchange } from './exchange.ts';
import type { Issued } from './issued.ts';
import { redactTokenAnswer } from './redaction/redact-token-answer.ts';
import { bodyShape, errorWords, showOrgTokens } from './redaction/org-answer.ts';
import { redactText, type RedactionContext } from './redaction/parameters.ts';
import type { SecretRedactor } from './redaction/redactor.ts';

const LONGEST_BODY = 1_000;

interface FoundError {
  readonly error?: string | undefined;
  readonly errorDescription?: string | undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Finds the error of an OAuth answer, a resource answer, or a redirect back to the client. */
function errorIn(body: string, location: string | undefined): FoundError {
  if (location !== undefined) {
    const query = new URLSearchParams(location.split(/[?#](.*)/s)[1] ?? '');
    return {
      error: query.get('error') ?? undefined,
      errorDescription: query.get('error_description') ?? undefined,
    };
  }
  if (!body.includes('error')) return {};
  try {
    const value: unknown = JSON.parse(body);
    const one = (Array.isArray(value) ? value[0] : value) as Readonly<Record<string, unknown>> | null | undefined;
    if (typeof one !== 'object' || one === null) return {};
    return 'errorCode' in one
      ? { error: text(one['errorCode']), errorDescription: text(one['message']) }
      : { error: text(one['error']), errorDescription: text(one['error_description']) };
  } catch {
    return {};
  }
}

/** Returns the labels of issued tokens and codes instead of the raw values. */
export function labelIssued(issued: Issued | undefined, redactor: SecretRedactor): Response['issued'] {
  if (!issued) return undefined;
  if (issued.idToken !== undefined) redactor.label('IDTOKEN', issued.idToken);
  return {
    ...(issued.code === undefined ? {} : { code: redactor.label('CODE', issued.code) }),
    ...(issued.accessToken === undefined ? {} : { accessToken: redactor.label('AT', issued.accessToken) }),
    ...(issued.refreshToken === undefined ? {} : { refreshToken: redactor.label('RT', issued.refreshToken) }),
    ...(issued.family === undefined ? {} : { family: issued.family }),
    ...(issued.generation === undefined ? {} : { generation: issued.generation }),
  };
}

/** Returns the redacted body of an answer of a real org. */
function shownOrgBody(reply: Reply | undefined, sent: string, redactor: SecretRedactor): string {
  const fields = reply?.issued === undefined ? undefined : jsonObject(sent);
  return (fields === undefined ? bodyShape(sent, redactor) : showOrgTokens(fields, redactor)).slice(0, LONGEST_BODY);
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the redacted body. A token answer of the mock itself is redacted by the names of its fields, without a search. */
function shownBody(reply: Reply | undefined, sent: string, redactor: SecretRedactor): string {
  const fields = reply === undefined ? undefined : tokenFields(reply);
  return fields !== undefined && sent === JSON.stringify(fields)
    ? redactTokenAnswer(fields, redactor).slice(0, LONGEST_BODY)
    : redactText(sent, redactor, LONGEST_BODY);
}

/** Returns the fields of a JSON answer with tokens; undefined for others. */
function tokenFields({ body, issued }: Reply): Readonly<Record<string, string>> | undefined {
  if (issued?.accessToken === undefined || typeof body !== 'object' || body === null) return undefined;
  const fields = body as Readonly<Record<string, string>>;
  const named = fields['access_token'] === issued.accessToken;
  return named && Object.values(body).every((value) => typeof value === 'string') ? fields : undefined;
}

/** Returns the `response` event of an exchange. Call it once the answer is closed.
 * @param reply the decided answer; undefined when the client disconnected before */
export function responseEvent(
  exchange: Exchange,
  reply: Reply | undefined,
  wire: Pick<Wire, 'status' | 'text' | 'delivered'>,
  { redactor, realOrg = false }: Omit<RedactionContext, 'app'>,
): Response {
  const issued = labelIssued(reply?.issued, redactor);
  const status = wire.status();
  const sent = wire.text();
  const found = status === 0 || reply === undefined ? {} : errorIn(sent, headerOf(reply, 'location'));
  const error = reply?.refusal?.error ?? found.error;
  const errorDescription = reply?.refusal?.errorDescription ?? found.errorDescription;
  const body = realOrg ? shownOrgBody(reply, sent, redactor) : shownBody(reply, sent, redactor);
  const words = (text: string): string =>
    realOrg && reply?.fault === undefined ? errorWords(text, redactor) : redactText(text, redactor, 256);
  return {
    kind: 'response',
    exchange: exchange.number,
    endpoint: exchange.endpoint,
    status,
    delivered: wire.delivered(),
    ...(error === undefined ? {} : { error: words(error) }),
    ...(errorDescription === undefined ? {} : { errorDescription: words(errorDescription) }),
    ...(issued === undefined ? {} : { issued }),
    ...(reply?.refusal?.rule === undefined ? {} : { deniedBy: reply.refusal.rule }),
    ...(reply?.fault === undefined ? {} : { fault: reply.fault }),
    ...(body === '' ? {} : { body }),
    ...(reply?.headerNames === undefined ? {} : { headerNames: reply.headerNames }),
  };
}
