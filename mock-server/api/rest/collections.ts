/** Serves `composite/sobjects`: creates, reads, changes or deletes many records at once, with a result for each (REST API guide, sObject
 * Collections). */
import { json, type Reply } from '../../reply.ts';
import { complaint, type Fields } from '../data/fixtures.ts';
import { valueOf } from '../data/soql.ts';
import { allowing, failure, jsonOf, notJson, type ApiCall, type Serve } from './api-call.ts';
import { upsert } from './external-id.ts';

const MOST = 200;

interface Result {
  readonly id?: string;
  readonly success: boolean;
  readonly created?: boolean;
  readonly errors: readonly { readonly statusCode: string; readonly message: string; readonly fields: readonly [] }[];
}

const failed = (statusCode: string, message: string): Result => ({
  success: false,
  errors: [{ statusCode, message, fields: [] }],
});

const rolledBack = failed('ALL_OR_NONE_OPERATION_ROLLED_BACK', 'Record rolled back because not all records were valid');

/** Answers `composite/sobjects`. */
export const collections: Serve = (call) => {
  const [, , type, field] = call.path;
  if (type !== undefined && type !== '') {
    return field === undefined
      ? allowing('HEAD,GET,POST', () => retrieve(type, call))(call)
      : allowing('PATCH', () => write(call, field))(call);
  }
  return allowing('POST,PATCH,DELETE', () => (call.method === 'DELETE' ? remove(call) : write(call)))(call);
};

/** Creates or changes records.
 * @param external field that identifies records, for an upsert */
function write(call: ApiCall, external?: string): Reply {
  const { method, body, context } = call;
  const { records } = context;
  const given = jsonOf(body);
  const list = given?.['records'];
  if (given === undefined || !Array.isArray(list)) return notJson();
  if (list.length > MOST) return tooMany();
  const wrong = list.map((record: unknown) => complaint(record) ?? (typeIn(record) === '' ? 'has no type' : undefined));
  const none = given['allOrNone'] === true && wrong.some((one) => one !== undefined);
  const results = list.map((record: unknown, at): Result => {
    const why = wrong[at];
    if (why !== undefined) return failed('INVALID_FIELD', `The record ${why}`);
    if (none) return rolledBack;
    const written = typeIn(record);
    const type = records.typeOf(written) ?? written;
    const { attributes: _attributes, ...fields } = record as Fields;
    if (external !== undefined) return upserted(type, external, fields, call);
    if (method === 'POST') {
      const row = records.create(type, fields);
      return row === undefined ? full : { id: row.Id, ...GOOD };
    }
    // The id may be written `id` here.
    const id = valueOf(fields, 'Id');
    const { id: _id, ...rest } = fields;
    if (typeof id !== 'string' || !records.update(type, id, rest))
      return failed('ENTITY_IS_DELETED', 'entity is deleted');
    return { id, ...GOOD };
  });
  return json(200, results);
}

/** Creates or changes one record by a field; a record may lack the field's value only when the field is its id (cassettes of CumulusCI). */
function upserted(type: string, external: string, fields: Fields, call: ApiCall): Result {
  const value = valueOf(fields, external);
  if (typeof value === 'string' && value !== '') {
    const done = upsert(type, { field: external, value }, fields, call);
    return done === undefined ? full : { ...done, ...GOOD };
  }
  if (external.toLowerCase() !== 'id') return failed('MISSING_ARGUMENT', `${external} not specified`);
  const row = call.context.records.create(type, fields);
  return row === undefined ? full : { id: row.Id, ...GOOD, created: true };
}

const full = failed('STORAGE_LIMIT_EXCEEDED', 'storage limit exceeded');
const GOOD = { success: true, errors: [] } as const;
const tooMany = () => failure(400, 'INVALID_INPUT', `at most ${String(MOST)} records`);

/** Returns the object that a record names as its type. */
function typeIn(record: unknown): string {
  const attributes = (record as Fields | null)?.['attributes'];
  const type = typeof attributes === 'object' && attributes !== null ? (attributes as Fields)['type'] : undefined;
  return typeof type === 'string' && /^[A-Za-z]\w{0,79}$/.test(type) ? type : '';
}

const idsIn = (text: string) => text.split(',').filter((id) => id !== '');

function remove({ query, context: { records } }: ApiCall): Reply {
  const ids = idsIn(query.get('ids') ?? '');
  if (ids.length > MOST) return tooMany();
  const results = ids.map((id): Result => {
    const done = records.types().some((type) => records.remove(type, id));
    return done ? { id, ...GOOD } : failed('ENTITY_IS_DELETED', 'entity is deleted');
  });
  return json(200, results);
}

/** Reads records by `ids` and `fields`, in the query of a GET or the body of a POST; null for missing records. */
function retrieve(name: string, { method, query, body, base, context: { records }, session }: ApiCall): Reply {
  const given = method === 'POST' ? jsonOf(body) : undefined;
  const wanted = (key: string): readonly string[] => {
    const list = given?.[key];
    return Array.isArray(list)
      ? (list as readonly unknown[]).filter((one) => typeof one === 'string')
      : idsIn(query.get(key) ?? '');
  };
  const type = records.typeOf(name) ?? name;
  const ids = wanted('ids');
  if (ids.length > 2_000) return failure(400, 'INVALID_INPUT', 'at most 2000 records');
  const found = ids.map((id) => {
    const row = records.find(type, id, session.user);
    if (row === undefined) return null;
    const fields = wanted('fields').map((field) => [field, valueOf(row, field) ?? null] as const);
    return {
      attributes: { type, url: `${base}/sobjects/${type}/${row.Id}` },
      ...Object.fromEntries(fields),
      Id: row.Id,
    };
  });
  return json(200, found);
}
