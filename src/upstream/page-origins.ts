/** Lets pages of other origins read answers that the gateway itself gives, if the org lets them read its answers (Fetch standard, CORS). */
import {
  corsHeaders,
  createBoundedMap,
  headerOf,
  type Exchange,
  type Reply,
  type ReplyHeaders,
} from '../../mock-server/gateway.ts';

const MOST_ORIGINS = 100;

/** Returns a function that returns the headers to add to an answer: none for an answer of the org, from which it learns. */
export function createPageOrigins(): (exchange: Exchange, reply: Reply) => ReplyHeaders {
  const admitted = createBoundedMap<string, true>(MOST_ORIGINS);
  return (exchange, reply) => {
    const origin = exchange.header('Origin');
    if (reply.headerNames === undefined) return admitted.has(origin) ? corsHeaders(exchange) : {};
    const allowed = headerOf(reply, 'access-control-allow-origin');
    if (origin !== '' && (allowed === origin || allowed === '*')) admitted.set(origin, true);
    return {};
  };
}
