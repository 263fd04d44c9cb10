/** Serves `query`, `queryAll` and further pages; `search` finds nothing. */
import { json } from '../../reply.ts';
import { failure, notFound, type ApiCall, type Serve } from './api-call.ts';
import { columnMetadata } from './column-metadata.ts';
import { runQuery, type QueryAnswer } from './run-query.ts';

const LARGEST_PAGE = 2_000;
const SMALLEST_PAGE = 200;

/** Answers `query` and `queryAll`, and the pages that follow. */
export const query: Serve = (call) => {
  const [, cursor] = call.path;
  if (cursor !== undefined && cursor !== '') return nextPage(call, cursor);
  const answer = runQuery(call.query.get('q') ?? '', call);
  if (answer.kind === 'refused') return failure(400, answer.code, answer.message);
  if (call.query.get('columns') === 'true') return columnMetadata(answer, call.context.records.prefixOf(answer.type));
  const { total, records } = answer;
  const size = pageSize(call.header('Sforce-Query-Options'));
  if (records.length <= size) return json(200, withEnvelope({ totalSize: total, done: true, records }, answer, call));
  return page(call, call.context.records.remember(records), 0, size, records);
};

type Envelope = Readonly<Record<string, unknown>> & { readonly totalSize: number };

/** Adds the additional fields of the Tooling API (cassettes of CumulusCI). */
function withEnvelope(
  { totalSize, done, records }: Envelope,
  { type }: Pick<Extract<QueryAnswer, { readonly kind: 'found' }>, 'type'>,
  { base }: ApiCall,
): object {
  if (!base.endsWith('/tooling')) return { totalSize, done, records };
  return { size: totalSize, totalSize, done, queryLocator: null, entityTypeName: type, records };
}

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
