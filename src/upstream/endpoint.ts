/** Decides about a request of the client: redirect the browser to the org's login page, refuse it as if its session had expired, or
 * forward it. */
import {
  digestOf,
  expiredSession,
  findAccessToken,
  json,
  redirect,
  type Arrival,
  type Endpoint,
  type Exchange,
  type GatewayContext,
  type Reply,
} from '../../mock-server/gateway.ts';
import type { SecretRedactor } from '../../mock-server/recording.ts';
import type { TokenBook } from './token-book.ts';

/** Options of `upstreamEndpoint`. */
export interface UpstreamEndpointOptions {
  readonly redactor: SecretRedactor;
  readonly book: Pick<TokenBook, 'expiredHere' | 'refuseInFlight'>;
  /** Returns the org's URL for the path and query of a request. */
  readonly urlOf: (exchange: Exchange) => string;
  readonly forward: (exchange: Exchange, decided: GateNames) => Promise<Reply>;
}

/** The gates that an answer passes, by how the org answered. */
export interface GateNames {
  readonly granted: Reply['gates'];
  readonly refused: Reply['gates'];
}

const RESOURCES: ReadonlySet<string> = new Set(['resource', 'userinfo', 'identity']);

/** Returns the endpoint that answers every request. */
export function upstreamEndpoint(options: UpstreamEndpointOptions): Endpoint<GatewayContext> {
  const { book, urlOf, forward } = options;
  /** Refresh tokens whose refresh the org has answered, while a gate holds the answer. */
  const answered = new Set<string>();

  const refresh = async (exchange: Exchange, { gates }: GatewayContext): Promise<Reply> => {
    const token = digestOf(parameterOf(exchange, 'refresh_token') ?? '');
    const holds = gates.armed().some(({ id }) => id.startsWith('refresh-answer'));
    if (holds && answered.has(token)) {
      book.refuseInFlight(exchange);
      return { ...json(400, IN_FLIGHT, NOT_KEPT), gates: REFRESH.refused };
    }
    const reply = await forward(exchange, REFRESH);
    if (!holds) return reply;
    answered.add(token);
    void exchange.ended.then(() => answered.delete(token));
    return reply;
  };

  return {
    arrival: (exchange) => arrivalOf(exchange, options.redactor),
    answer(exchange, context) {
      const { endpoint, method } = exchange;
      if (method === 'OPTIONS') return forward(exchange, { granted: [], refused: [] });
      // Pages that a browser opens stay at the org, with its cookies and its certificate.
      if (endpoint === 'authorize') return redirect(urlOf(exchange), NOT_KEPT, method === 'POST' ? 307 : 302);
      if (endpoint === 'login' && method === 'GET') return redirect(urlOf(exchange), NOT_KEPT);
      if (isRefresh(exchange)) return refresh(exchange, context);
      if (!RESOURCES.has(endpoint)) return forward(exchange, { granted: [], refused: [] });
      const raw = findAccessToken(exchange)?.raw;
      if (raw !== undefined && book.expiredHere(raw)) return { ...expiredSession(exchange), gates: RESOURCE.refused };
      return forward(exchange, RESOURCE);
    },
  };
}

/** Salesforce's error for a refresh token whose refresh is not answered yet. Sent while a gate holds the org's answer: without the gate
 * the client would have received that already. */
const IN_FLIGHT = { error: 'invalid_grant', error_description: 'token request is already being processed' };
const NOT_KEPT = { 'Cache-Control': 'no-store' };
const REFRESH: GateNames = { granted: ['refresh-answer'], refused: ['refresh-refusal'] };
const RESOURCE: GateNames = { granted: ['resource-answer'], refused: ['resource-denied', 'resource-answer'] };

const parameterOf = ({ form, query }: Exchange, name: string): string | null => form.get(name) ?? query.get(name);

const isRefresh = (exchange: Exchange): boolean =>
  exchange.endpoint === 'token' && /^(?:hybrid_refresh|refresh_token)$/.test(parameterOf(exchange, 'grant_type') ?? '');

/** Returns the name of a request for gates and faults. */
function arrivalOf(exchange: Exchange, redactor: SecretRedactor): Arrival | undefined {
  const { endpoint, method } = exchange;
  if (method === 'OPTIONS') return undefined;
  if (endpoint === 'token') {
    if (!isRefresh(exchange)) {
      const code = parameterOf(exchange, 'code');
      return code === null ? undefined : { target: 'code', gate: 'code-request' };
    }
    const raw = parameterOf(exchange, 'refresh_token');
    return {
      target: 'refresh',
      gate: 'refresh-request',
      token: raw === null ? undefined : redactor.label('RT', raw).label,
    };
  }
  if (endpoint === 'revoke') {
    const raw = parameterOf(exchange, 'token');
    return { target: 'revoke', gate: 'revoke-request', token: raw === null ? undefined : redactor.redact(raw).text };
  }
  if (!RESOURCES.has(endpoint)) return undefined;
  const raw = findAccessToken(exchange)?.raw;
  return { target: 'resource', token: raw === undefined ? undefined : redactor.label('AT', raw).label };
}
