/** Pages of other origins that the org lets read its answers (Fetch standard, CORS): they have to be able to read those that are given here, too. */
import {
  corsHeaders,
  createBoundedMap,
  headerOf,
  type Exchange,
  type Reply,
  type ReplyHeaders,
} from '../../mock-server/gateway.ts';

const MOST_ORIGINS = 100;

/** Returns what gives the headers to add to an answer: none to one of the org, from which it learns. */
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
