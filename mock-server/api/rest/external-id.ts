/** Serves `sobjects/<object>/<field>/<value>`: a record by the value of an external id field, created when it is missing (REST API guide,
 * upsert). */
import { complaint } from '../data/fixtures.ts';
import type { Row } from '../data/records.ts';
import { valueOf } from '../data/soql.ts';
import { failure, jsonOf, notFound, notJson, type ApiCall } from './api-call.ts';
import { json, withHeaders, type Reply } from '../../reply.ts';

const FIELD = /^[A-Za-z]\w{0,79}$/;

/** Returns the id of the record whose field has that value, in a client's spelling. */
function idOf(type: string, field: string, value: string, { context, session }: Pick<ApiCall, 'context' | 'session'>) {
  const is = (row: Row) => {
    const there = valueOf(row, field);
    return (typeof there === 'number' ? String(there) : there) === value;
  };
  return value === '' ? undefined : context.records.rows(type, session.user).find(is)?.Id;
}

/** Creates or changes a record; undefined when the org is full.
 * @param fields must be valid */
export function upsert(
  type: string,
  { field, value }: { readonly field: string; readonly value: string },
  fields: Readonly<Record<string, unknown>>,
  call: Pick<ApiCall, 'context' | 'session'>,
): { readonly id: string; readonly created: boolean } | undefined {
  const id = idOf(type, field, value, call);
  if (id !== undefined) return call.context.records.update(type, id, fields) ? { id, created: false } : undefined;
  const row = call.context.records.create(type, { ...fields, [field]: value });
  return row && { id: row.Id, created: true };
}

/** Answers a call by external id.
 * @param one answers for an existing record */
export function byExternalId(type: string, call: ApiCall, one: (id: string) => Reply | undefined): Reply | undefined {
  const [, , field = '', raw = ''] = call.path;
  const value = decoded(raw);
  if (!FIELD.test(field) || value === undefined) return undefined;
  if (call.method !== 'PATCH') {
    const id = idOf(type, field, value, call);
    return id === undefined ? notFound() : one(id);
  }
  const given = jsonOf(call.body);
  if (given === undefined) return notJson();
  const wrong = complaint(given);
  if (wrong !== undefined) return failure(400, 'INVALID_FIELD', `The record ${wrong}`);
  const done = upsert(type, { field, value }, given, call);
  if (done === undefined) return failure(400, 'STORAGE_LIMIT_EXCEEDED', 'storage limit exceeded');
  const answer = { id: done.id, success: true, errors: [], created: done.created };
  if (!done.created) return json(200, answer);
  return withHeaders(json(201, answer), { Location: `${call.base}/sobjects/${type}/${done.id}` });
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
