/** Makes the `response` line of an exchange. */
import type { Response } from '../../src/history/event.ts';
import type { Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { showMade } from './made-answer.ts';
import { shown } from './parameters.ts';
import type { Vault } from './vault.ts';

const LONGEST_BODY = 1_000;

interface Trouble {
  readonly error?: string;
  readonly errorDescription?: string;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const trouble = (error: string | undefined, errorDescription: string | undefined): Trouble => ({
  ...(error === undefined ? {} : { error }),
  ...(errorDescription === undefined ? {} : { errorDescription }),
});

/** The error of an OAuth answer, of a resource answer, or in the redirect back to the client. */
function troubleIn(body: string, location: string | undefined): Trouble {
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
export function labelIssued(issued: Exchange['issued'], vault: Vault): Response['issued'] {
  if (!issued) return undefined;
  if (issued.idToken !== undefined) vault.label('IDTOKEN', issued.idToken);
  return {
    ...(issued.code === undefined ? {} : { code: vault.label('CODE', issued.code) }),
    ...(issued.accessToken === undefined ? {} : { accessToken: vault.label('AT', issued.accessToken) }),
    ...(issued.refreshToken === undefined ? {} : { refreshToken: vault.label('RT', issued.refreshToken) }),
    ...(issued.family === undefined ? {} : { family: issued.family }),
    ...(issued.generation === undefined ? {} : { generation: issued.generation }),
  };
}

/** To be called once the answer is closed. `status` is 0 when not even a status line was sent. */
export function responseEvent(exchange: Exchange, answer: Answer, vault: Vault): Response {
  const issued = labelIssued(exchange.issued, vault);
  const status = answer.status();
  const body = answer.text();
  const found = status === 0 ? {} : troubleIn(body, answer.location());
  const error = exchange.error ?? found.error;
  const errorDescription = exchange.errorDescription ?? found.errorDescription;
  const shownBody =
    exchange.made?.text === body
      ? showMade(exchange.made.fields, vault).slice(0, LONGEST_BODY)
      : shown(body, vault, LONGEST_BODY);
  return {
    kind: 'response',
    exchange: exchange.number,
    endpoint: exchange.endpoint,
    status,
    delivered: exchange.delivered ?? answer.delivered(),
    ...(error === undefined ? {} : { error: shown(error, vault, 256) }),
    ...(errorDescription === undefined ? {} : { errorDescription: shown(errorDescription, vault, 256) }),
    ...(issued === undefined ? {} : { issued }),
    ...(exchange.deniedBy === undefined ? {} : { deniedBy: exchange.deniedBy }),
    ...(exchange.fault === undefined ? {} : { fault: exchange.fault }),
    ...(shownBody === '' ? {} : { body: shownBody }),
  };
}
