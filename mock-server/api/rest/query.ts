/** `query`, `queryAll` and the pages that follow (facts, section 6); `search` finds nothing. */
import type { Records, Row } from '../data/records.ts';
import { readSoql, select, valueOf, type Soql } from '../data/soql.ts';
import { json } from '../../reply.ts';
import type { Session } from '../session.ts';
import { failure, notFound, type ApiCall, type Serve } from './api-call.ts';

const LARGEST_PAGE = 2_000;
const SMALLEST_PAGE = 200;

/** Returns rows as the API shows them: with their type and URL, and null for fields that they do not have. */
export function shown(rows: readonly Row[], { fields }: Soql, type: string, base: string): readonly object[] {
  const all = fields.some((field) => /^FIELDS\(/i.test(field));
  return rows.map((row) => ({
    attributes: { type, url: `${base}/sobjects/${type}/${row.Id}` },
    ...(all ? row : Object.fromEntries(fields.map((field) => [field, valueOf(row, field) ?? null]))),
  }));
}

export interface QueryParts {
  readonly session: Pick<Session, 'user'>;
  readonly context: { readonly records: Records };
  /** `/services/data/v67.0` */
  readonly base: string;
}

/** Runs a query without paging. Undefined for text that is not SOQL. An unknown object has no rows. */
export function runQuery(text: string, { session, context, base }: QueryParts) {
  const soql = readSoql(text);
  if (soql === undefined) return undefined;
  const type = context.records.typeOf(soql.type) ?? soql.type;
  const rows = select(context.records.rows(type, session.user), soql);
  const counts = soql.fields.length === 1 && /^COUNT\(\s*\)$/i.test(soql.fields[0] ?? '');
  return { total: rows.length, records: counts ? [] : shown(rows, soql, type, base) };
}

/** Answers `query` and `queryAll`, and the pages that follow. */
export const query: Serve = (call) => {
  const [, cursor] = call.path;
  if (cursor !== undefined && cursor !== '') return nextPage(call, cursor);
  const text = call.query.get('q') ?? '';
  const answer = runQuery(text, call);
  if (answer === undefined) return failure(400, 'MALFORMED_QUERY', 'unexpected token: query');
  const size = pageSize(call.header('Sforce-Query-Options'));
  if (answer.records.length <= size) return json(200, { totalSize: answer.total, done: true, records: answer.records });
  return page(call, call.context.records.remember(answer.records), 0, size, answer.records);
};

function nextPage(call: ApiCall, cursor: string) {
  const [, id = '', from, size] = /^(01g\w{12,15})-(\d{1,9})(?:-(\d{1,4}))?$/.exec(cursor) ?? [];
  const rows = call.context.records.recall(id);
  if (rows === undefined) return failure(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  return page(call, id, Number(from), Number(size ?? LARGEST_PAGE), rows);
}

function page({ base }: ApiCall, id: string, from: number, size: number, rows: readonly object[]) {
  const records = rows.slice(from, from + size);
  const next = from + size;
  const done = next >= rows.length;
  const locator = `${id}-${String(next)}${size === LARGEST_PAGE ? '' : `-${String(size)}`}`;
  return json(200, {
    totalSize: rows.length,
    done,
    ...(!done && { nextRecordsUrl: `${base}/query/${locator}` }),
    records,
  });
}

function pageSize(options: string): number {
  const asked = Number(/batchSize=(\d{1,6})/i.exec(options)?.[1] ?? LARGEST_PAGE);
  return Math.min(Math.max(asked, SMALLEST_PAGE), LARGEST_PAGE);
}

/** Answers `search`, which finds nothing. */
export const search: Serve = ({ query: parameters }) =>
  parameters.has('q') ? json(200, { searchRecords: [] }) : notFound();
