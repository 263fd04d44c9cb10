/** Makes the `response` line of an exchange. */
import type { Response } from '../../src/history/event.ts';
import type { ResponseWatcher } from './response-watcher.ts';
import type { Exchange } from './exchange.ts';
import { redactTokenAnswer } from './redact-token-answer.ts';
import { redactText } from './parameters.ts';
import type { SecretRedactor } from './redactor.ts';

const LONGEST_BODY = 1_000;

interface HarnessError {
  readonly error?: string;
  readonly errorDescription?: string;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const trouble = (error: string | undefined, errorDescription: string | undefined): HarnessError => ({
  ...(error === undefined ? {} : { error }),
  ...(errorDescription === undefined ? {} : { errorDescription }),
});

/** The error of an OAuth answer, of a resource answer, or in the redirect back to the client. */
function harnessErrorIn(body: string, location: string | undefined): HarnessError {
  if (location !== undefined) {
    const query = new URLSearchParams(location.split(/[?#](.*)/s)[1] ?? '');
    return trouble(query.get('error') ?? undefined, query.get('error_description') ?? undefined);
  }
  if (!body.includes('error')) return {};
  try {
    const value: unknown = JSON.parse(body);
    const one = (Array.isArray(value) ? value[0] : value) as Readonly<Record<string, unknown>> | null | undefined;
    if (typeof one !== 'object' || one === null) return {};
    return 'errorCode' in one
      ? trouble(text(one['errorCode']), text(one['message']))
      : trouble(text(one['error']), text(one['error_description']));
  } catch {
    return {};
  }
}

/** Labels what was handed out; the raw values stay behind. */
export function labelIssued(issued: Exchange['issued'], redactor: SecretRedactor): Response['issued'] {
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

/** To be called once the answer is closed. `status` is 0 when not even a status line was sent. */
export function responseEvent(exchange: Exchange, answer: ResponseWatcher, redactor: SecretRedactor): Response {
  const issued = labelIssued(exchange.issued, redactor);
  const status = answer.status();
  const body = answer.text();
  const found = status === 0 ? {} : harnessErrorIn(body, answer.location());
  const error = exchange.error ?? found.error;
  const errorDescription = exchange.errorDescription ?? found.errorDescription;
  const shownBody =
    exchange.made?.text === body
      ? redactTokenAnswer(exchange.made.fields, redactor).slice(0, LONGEST_BODY)
      : redactText(body, redactor, LONGEST_BODY);
  return {
    kind: 'response',
    exchange: exchange.number,
    endpoint: exchange.endpoint,
    status,
    delivered: exchange.delivered ?? answer.delivered(),
    ...(error === undefined ? {} : { error: redactText(error, redactor, 256) }),
    ...(errorDescription === undefined ? {} : { errorDescription: redactText(errorDescription, redactor, 256) }),
    ...(issued === undefined ? {} : { issued }),
    ...(exchange.deniedBy === undefined ? {} : { deniedBy: exchange.deniedBy }),
    ...(exchange.fault === undefined ? {} : { fault: exchange.fault }),
    ...(shownBody === '' ? {} : { body: shownBody }),
  };
}
