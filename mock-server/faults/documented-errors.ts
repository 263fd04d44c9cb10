/** Defines one fault for each documented error whose cause the mock does not have (salesforce/documented.ts), returned where Salesforce
 * returns it. */
import { DOCUMENTED, type DocumentedError } from '../salesforce/documented.ts';
import { callbackRefusal, pageRefusal, tokenRefusal } from '../salesforce/refusal.ts';
import { headerOf, withHeaders, type Reply } from '../reply.ts';
import type { Denial } from '../salesforce/denial.ts';
import type { Exchange } from '../recorder/exchange.ts';
import type { Fault } from './fault.ts';

const ON = { token: 'refresh', callback: 'authorize', page: 'authorize' } as const;
const PLACE = { token: '', callback: ' at the callback, after sign-in', page: ' on a page, before sign-in' } as const;

/** Creates the fault of an error. An error at the callback comes after sign-in: the code is then not issued. */
function faultOf({ id, error, description, delivered }: DocumentedError): Fault {
  const why = { status: 400, error, errorDescription: description };
  const common = { id, title: `${error}: ${description}${PLACE[delivered]}`, on: ON[delivered] };
  const refusal = (exchange: Exchange) =>
    exchange.endpoint === 'token' ? tokenRefusal(exchange, why) : pageRefusal(exchange, why);
  if (delivered !== 'callback') return { ...common, phase: 'before', reply: refusal };
  return {
    ...common,
    phase: 'after',
    change: (reply, exchange) => atCallback(reply, why) ?? { ...reply, ...refusal(exchange) },
  };
}

/** Replaces the code or tokens of a callback by an error; undefined when the answer is not a callback. */
function atCallback(reply: Reply, why: Denial): Reply | undefined {
  const location = headerOf(reply, 'location') ?? '';
  if (!URL.canParse(location)) return undefined;
  const url = new URL(location);
  const fragment = url.hash !== '';
  const state = url.searchParams.get('state') ?? new URLSearchParams(url.hash.slice(1)).get('state');
  for (const name of ['code', 'state', 'error', 'error_description']) url.searchParams.delete(name);
  url.hash = '';
  return withHeaders(callbackRefusal(why, { redirectUri: url.href, state, fragment }), reply.headers);
}

/** The faults that answer with an error of the documentation. */
export const DOCUMENTED_ERRORS: readonly Fault[] = DOCUMENTED.map(faultOf);
