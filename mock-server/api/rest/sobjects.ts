/** `sobjects`: the list of objects, their descriptions, and records that can be created, read, changed and deleted. */
import { complaint } from '../data/fixtures.ts';
import type { Row } from '../data/records.ts';
import { valueOf } from '../data/soql.ts';
import { empty, json, type Reply } from '../../reply.ts';
import { failure, jsonOf, notFound, notJson, type ApiCall, type Serve } from './api-call.ts';
import { byExternalId } from './external-id.ts';

const summary = (name: string, { context, base }: ApiCall) => ({
  name,
  label: name,
  labelPlural: `${name}s`,
  keyPrefix: context.records.prefixOf(name),
  custom: name.endsWith('__c'),
  createable: true,
  deletable: true,
  queryable: true,
  retrieveable: true,
  searchable: false,
  updateable: true,
  urls: {
    sobject: `${base}/sobjects/${name}`,
    describe: `${base}/sobjects/${name}/describe`,
    rowTemplate: `${base}/sobjects/${name}/{ID}`,
  },
});

/** Answers `sobjects`. */
export const sobjects: Serve = (call) => {
  const { context, method, path } = call;
  const [, name, id, ...more] = path;
  if (name === undefined || name === '') {
    const list = context.records.types().map((type) => summary(type, call));
    return json(200, { encoding: 'UTF-8', maxBatchSize: 200, sobjects: list });
  }
  if (!/^[A-Za-z]\w{0,79}$/.test(name) || more.length > 1) return undefined;
  const type = context.records.typeOf(name) ?? name;
  if (id === 'describe') return json(200, { ...summary(type, call), fields: fields(type, call) });
  if (id === undefined || id === '') {
    if (method === 'POST') return create(type, call);
    return json(200, { objectDescribe: summary(type, call), recentItems: [] });
  }
  if (more.length > 0) return byExternalId(type, call, (found) => one(type, found, call));
  return one(type, id, call);
};

/** Answers a call for one record by its id. */
function one(type: string, id: string, call: ApiCall): Reply {
  const { context, session, method } = call;
  switch (method) {
    case 'GET':
    case 'HEAD': {
      const row = context.records.find(type, id, session.user);
      return row === undefined ? notFound() : json(200, whole(row, type, call));
    }
    case 'PATCH':
      return update(type, id, call);
    case 'DELETE':
      return context.records.remove(type, id) ? empty(204) : failure(404, 'ENTITY_IS_DELETED', 'entity is deleted');
    default:
      return failure(
        405,
        'METHOD_NOT_ALLOWED',
        `HTTP Method '${method}' not allowed. Allowed are HEAD,GET,PATCH,DELETE`,
      );
  }
}

function whole(row: Row, type: string, { base, query }: ApiCall) {
  const asked = query.get('fields');
  const attributes = { type, url: `${base}/sobjects/${type}/${row.Id}` };
  if (asked === null) return { attributes, ...row };
  return {
    attributes,
    ...Object.fromEntries(asked.split(',').map((field) => [field, valueOf(row, field) ?? null])),
    Id: row.Id,
  };
}

function create(type: string, { body, context }: ApiCall): Reply {
  const given = jsonOf(body);
  if (given === undefined) return notJson();
  const wrong = complaint(given);
  if (wrong !== undefined) return failure(400, 'INVALID_FIELD', `The record ${wrong}`);
  const row = context.records.create(type, given);
  return row === undefined
    ? failure(400, 'STORAGE_LIMIT_EXCEEDED', 'storage limit exceeded')
    : json(201, { id: row.Id, success: true, errors: [] });
}

function update(type: string, id: string, { body, context }: ApiCall): Reply {
  const given = jsonOf(body);
  if (given === undefined) return notJson();
  const wrong = complaint(given);
  if (wrong !== undefined) return failure(400, 'INVALID_FIELD', `The record ${wrong}`);
  return context.records.update(type, id, given) ? empty(204) : notFound();
}

/** Returns the fields that the existing rows have. */
function fields(type: string, { context, session }: ApiCall) {
  const kinds = new Map<string, unknown>([
    ['Id', 'x'],
    ['Name', 'x'],
  ]);
  for (const row of context.records.rows(type, session.user).slice(0, 100))
    for (const [name, value] of Object.entries(row)) kinds.set(name, value ?? kinds.get(name));
  return [...kinds].map(([name, value]) => ({
    name,
    label: name,
    type:
      name === 'Id' ? 'id' : typeof value === 'boolean' ? 'boolean' : typeof value === 'number' ? 'double' : 'string',
    nillable: name !== 'Id',
    createable: name !== 'Id',
    updateable: name !== 'Id',
  }));
}
