/** A handful of records: enough for a client to query, read and write something. Nothing that is written is kept. */
import { longId, recordId } from '../dialect/ids.ts';
import type { Reply, ResourceRequest } from './answer.ts';
import type { Session } from './session.ts';

const PREFIXES: Readonly<Record<string, string>> = { Account: '001', Contact: '003', User: '005', Organization: '00D' };
const LIST_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

const row = (base: string, type: string, id: string, fields: Readonly<Record<string, unknown>>) => ({
  attributes: { type, url: `${base}/sobjects/${type}/${id}` },
  Id: id,
  ...fields,
});

/** `query`, `queryAll`, `search` and `sobjects` below `/services/data/vXX.X`. Undefined: no such thing. */
export function records(session: Session, request: ResourceRequest, base: string): Reply | undefined {
  const [first, type, id, more] = request.ctx.path
    .slice(base.length + 1)
    .replace(/\/$/, '')
    .split('/');
  const { method } = request.ctx;
  if (first === 'search') return { status: 200, body: { searchRecords: [] } };
  if (first !== 'sobjects') return query(session, request, base);
  if (type === undefined) {
    const sobjects = Object.entries(PREFIXES).map(([name, keyPrefix]) => ({
      name,
      label: name,
      keyPrefix,
      queryable: true,
    }));
    return { status: 200, body: { encoding: 'UTF-8', maxBatchSize: 200, sobjects } };
  }
  if (!/^\w{1,40}$/.test(type) || more !== undefined) return undefined;
  if (id === 'describe') return { status: 200, body: { name: type, label: type, fields: [] } };
  if (id === undefined) {
    return method === 'POST'
      ? {
          status: 201,
          body: { id: idOf(type, request.exchange.rawBody.toString('base64')), success: true, errors: [] },
        }
      : { status: 200, body: { objectDescribe: { name: type, label: type }, recentItems: [] } };
  }
  if (LIST_METHODS.has(method)) return { status: 200, body: row(base, type, id, fieldsOf(type, session, request)) };
  return method === 'PATCH' || method === 'DELETE' ? { status: 204 } : undefined;
}

function query(session: Session, request: ResourceRequest, base: string): Reply {
  const soql = request.exchange.query.get('q') ?? '';
  const type = /\bFROM\s+(\w{1,40})/i.exec(soql)?.[1];
  if (type === undefined) {
    return { status: 400, body: [{ message: 'unexpected token: query', errorCode: 'MALFORMED_QUERY' }] };
  }
  const own = type === 'User' ? session.user.id : type === 'Organization' ? request.parts.org.id : idOf(type, 'first');
  const rows = [row(base, type, own, fieldsOf(type, session, request))];
  return { status: 200, body: { totalSize: rows.length, done: true, records: rows } };
}

const idOf = (type: string, seed: string) => longId(recordId(PREFIXES[type] ?? 'a00', seed));

function fieldsOf(type: string, { user }: Session, { parts }: ResourceRequest): Readonly<Record<string, unknown>> {
  if (type === 'User') return { Name: `Mock ${user.name}`, Username: user.username, Email: user.email };
  if (type === 'Organization')
    return { Name: 'Mock', InstanceName: 'MOCK', OrganizationType: 'Developer Edition', IsSandbox: false };
  return { Name: `${type} of ${parts.org.id}` };
}
