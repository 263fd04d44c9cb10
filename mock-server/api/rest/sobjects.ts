/** Serves `sobjects`: the list of objects, their descriptions, and records that can be created, read, changed and deleted. */
import { longId } from '../../salesforce/ids.ts';
import { complaint } from '../data/fixtures.ts';
import type { Row } from '../data/records.ts';
import { blobOf, unknownFields } from '../data/schema.ts';
import { empty, json, withHeaders, type Reply } from '../../reply.ts';
import { allowing, failure, jsonOf, notFound, notJson, reading, type ApiCall, type Serve } from './api-call.ts';
import { conditional } from './conditional.ts';
import { description, listed } from './describe.ts';
import { byExternalId } from './external-id.ts';
import { shownRecord } from './show-records.ts';

/** Answers `sobjects`. */
export const sobjects: Serve = (call) => {
  const { context, path, header } = call;
  const [, name, id, ...more] = path;
  if (name === undefined || name === '') {
    const list = () => context.records.types().map((type) => listed(type, call));
    return reading(() => conditional(json(200, { encoding: 'UTF-8', maxBatchSize: 200, sobjects: list() }), header))(
      call,
    );
  }
  if (!/^[A-Za-z]\w{0,79}$/.test(name) || more.length > 1) return undefined;
  const known = context.records.typeOf(name);
  if (known === undefined && context.switches.unknownNames === 'refused') return undefined;
  const type = known ?? name;
  if (id === 'describe') return reading(() => conditional(json(200, description(type, call)), header))(call);
  if (id === undefined || id === '')
    return allowing('HEAD,GET,POST', () =>
      call.method === 'POST' ? create(type, call) : json(200, { objectDescribe: listed(type, call), recentItems: [] }),
    )(call);
  if (more.length > 0 && more[0] === blobOf(type)) return reading(() => blob(type, id, call))(call);
  return allowing('HEAD,GET,PATCH,DELETE', () =>
    more.length > 0 ? byExternalId(type, call, (found) => one(type, found, call)) : one(type, id, call),
  )(call);
};

/** Answers a call for one record by its id. */
function one(type: string, id: string, call: ApiCall): Reply {
  const { context, session, method } = call;
  if (method === 'PATCH') return update(type, id, call);
  if (method === 'DELETE')
    return context.records.remove(type, id) ? empty(204) : failure(404, 'ENTITY_IS_DELETED', 'entity is deleted', []);
  const row = context.records.find(type, id, session.user);
  return row === undefined ? notFound() : json(200, whole(row, type, call));
}

function whole(row: Row, type: string, { base, query, context: { records }, session: { user } }: ApiCall): object {
  const asked = query.get('fields');
  const fields = asked === null ? Object.keys(row) : [...asked.split(','), 'Id'];
  return shownRecord({ type, row }, fields, { records, user, base });
}

/** Answers with the bytes of a field (sf-fx-runtime-nodejs, `binary-data`): the record holds only this URL. */
function blob(type: string, id: string, { context, session }: ApiCall): Reply {
  const value = context.records.find(type, id, session.user)?.[blobOf(type) ?? ''];
  if (typeof value !== 'string') return notFound();
  // Salesforce spells the type this way.
  const headers = { 'Content-Type': 'application/octetstream' };
  return { status: 200, headers, body: Buffer.from(value, 'base64') };
}

/** Returns the refusal of fields that cannot be written; undefined when all can. */
function refusedFields(type: string, given: Readonly<Record<string, unknown>>, call: ApiCall): Reply | undefined {
  const wrong = complaint(given);
  if (wrong !== undefined) return failure(400, 'INVALID_FIELD', `The record ${wrong}`);
  const { context, session } = call;
  if (context.switches.unknownNames !== 'refused') return undefined;
  const names = Object.keys(given).filter((name) => name !== 'attributes');
  const [unknown] = unknownFields(type, names, { records: context.records, user: session.user });
  return unknown === undefined
    ? undefined
    : failure(400, 'INVALID_FIELD', `No such column '${unknown}' on sobject of type ${type}`);
}

function create(type: string, call: ApiCall): Reply {
  const { body, context, base } = call;
  const given = jsonOf(body);
  if (given === undefined) return notJson();
  const refused = refusedFields(type, given, call);
  if (refused !== undefined) return refused;
  const row = context.records.create(type, given);
  if (row === undefined) return failure(400, 'STORAGE_LIMIT_EXCEEDED', 'storage limit exceeded');
  const created = json(201, { id: row.Id, success: true, errors: [] });
  return withHeaders(created, { Location: `${base}/sobjects/${type}/${row.Id}` });
}

/** Returns whether an id is malformed: not 15 characters, or 18 whose last three are their checksum. */
const isMalformed = (id: string): boolean =>
  !/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(id) || (id.length === 18 && longId(id.slice(0, 15)) !== id);

function update(type: string, id: string, call: ApiCall): Reply {
  const given = jsonOf(call.body);
  if (given === undefined) return notJson();
  if (isMalformed(id))
    return failure(400, 'MALFORMED_ID', `Record ID: id value of incorrect type: ${id.slice(0, 80)}`, ['Id']);
  return refusedFields(type, given, call) ?? (call.context.records.update(type, id, given) ? empty(204) : notFound());
}
