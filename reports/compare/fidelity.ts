/** Finds differences between a real org's answers and the mock's: shapes, statuses, error texts and header names, never values. Pure. */
import type { Event, EventOf } from '../../src/history/event.ts';

/** How one side answered one kind of request. */
export interface Answers {
  readonly seen: number;
  readonly statuses: readonly number[];
  /** Names of the fields in JSON bodies. */
  readonly fields: readonly string[];
  /** Errors as `error: description`, the form in which OAuth and the APIs send them. */
  readonly errors: readonly string[];
  /** Header names in lower case; recorded for a real org only. */
  readonly headerNames: readonly string[];
}

/** One kind of request that both sides answered. */
export interface ComparedAnswers {
  /** Kind of request: `token refresh_token`, `resource REST GET`. */
  readonly request: string;
  /** `succeeded` for a status below 400. */
  readonly outcome: 'succeeded' | 'refused';
  readonly mock: Answers;
  readonly org: Answers;
  /** The parts in which the answers differ. */
  readonly differs: readonly ('statuses' | 'fields' | 'errors')[];
}

/** The content of `fidelity.json`. It names neither the org nor its users or their data. */
export interface Fidelity {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly answers: readonly ComparedAnswers[];
  /** Kinds of request that only one side answered. */
  readonly onlyMock: readonly string[];
  readonly onlyOrg: readonly string[];
}

/** Compares the history of a run with the mock and that of a session with a real org. Answers made by an injected fault are left out. */
export function compareAnswers(mock: readonly Event[], org: readonly Event[], tool: Fidelity['tool']): Fidelity {
  const [left, right] = [answersOf(mock), answersOf(org)];
  const both = [...left.keys()].filter((key) => right.has(key)).sort();
  return {
    schemaVersion: 1,
    tool,
    answers: both.map((key) => compared(key, left.get(key) ?? NONE, right.get(key) ?? NONE)),
    onlyMock: [...left.keys()].filter((key) => !right.has(key)).sort(),
    onlyOrg: [...right.keys()].filter((key) => !left.has(key)).sort(),
  };
}

const NONE: Answers = { seen: 0, statuses: [], fields: [], errors: [], headerNames: [] };
const ASPECTS = ['statuses', 'fields', 'errors'] as const;

function compared(key: string, mock: Answers, org: Answers): ComparedAnswers {
  const [request = '', outcome = ''] = key.split(': ');
  return {
    request,
    outcome: outcome === 'refused' ? 'refused' : 'succeeded',
    mock,
    org,
    differs: ASPECTS.filter((aspect) => JSON.stringify(mock[aspect]) !== JSON.stringify(org[aspect])),
  };
}

function answersOf(events: readonly Event[]): ReadonlyMap<string, Answers> {
  const requests = new Map(events.flatMap((event) => (event.kind === 'request' ? [[event.exchange, event]] : [])));
  const found = new Map<string, EventOf<'response'>[]>();
  for (const event of events) {
    if (event.kind !== 'response' || event.fault !== undefined || event.status === 0) continue;
    const request = requests.get(event.exchange);
    const name = request === undefined ? undefined : nameOf(request);
    if (name === undefined) continue;
    const key = `${name}: ${event.status < 400 ? 'succeeded' : 'refused'}`;
    found.set(key, [...(found.get(key) ?? []), event]);
  }
  return new Map([...found].map(([key, responses]) => [key, summaryOf(responses)]));
}

/** Endpoints that answer the client itself, not its user's browser. */
const COMPARED: ReadonlySet<string> = new Set([
  ...['token', 'revoke', 'introspect', 'userinfo', 'identity', 'resource', 'discovery', 'keys'],
]);

/** Names a kind of request without any of its content. */
function nameOf({ endpoint, facts, path, method }: EventOf<'request'>): string | undefined {
  if (!COMPARED.has(endpoint) || method === 'OPTIONS') return undefined;
  if (facts.kind === 'token') return `token ${facts.grantType ?? 'without a grant type'}`.replace(/[^\w: -]/g, '');
  if (endpoint !== 'resource') return endpoint;
  const api = /^\/services\/(Soap|async|data|apexrest)/i.exec(path)?.[1]?.toLowerCase() ?? 'other';
  return `resource ${api} ${/^[A-Z]{3,7}$/.test(method) ? method : 'other'}`;
}

function summaryOf(responses: readonly EventOf<'response'>[]): Answers {
  const unique = <T extends string | number>(all: readonly T[]): readonly T[] => [...new Set(all)].sort();
  return {
    seen: responses.length,
    statuses: unique(responses.map(({ status }) => status)),
    fields: unique(responses.flatMap(({ body }) => fieldsOf(body))),
    errors: unique(
      responses.flatMap(({ error, errorDescription }) =>
        error === undefined ? [] : [errorDescription === undefined ? error : `${error}: ${errorDescription}`],
      ),
    ),
    headerNames: unique(responses.flatMap(({ headerNames = [] }) => headerNames)),
  };
}

/** Returns the field names of a redacted body; none for one that is not JSON or is truncated. */
function fieldsOf(body: string | undefined): readonly string[] {
  if (body === undefined) return [];
  try {
    const value: unknown = JSON.parse(body);
    const one: unknown = Array.isArray(value) ? value[0] : value;
    return typeof one === 'object' && one !== null
      ? Object.keys(one).filter((name) => /^[A-Za-z_]{1,64}$/.test(name))
      : [];
  } catch {
    return [];
  }
}
