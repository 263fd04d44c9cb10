/** A client of the control port that is derived from its published description, and refuses what the description does not allow. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

/** Path of the description. */
export const CONTROL_API = fileURLToPath(new URL('../docs/openapi/control.v1.yaml', import.meta.url));

interface Content {
  readonly 'application/json': { readonly schema: object };
}
interface Operation {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content; readonly $ref?: string }>>;
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Where a control port is. */
export interface ControlPlace {
  readonly controlUrl: string;
  readonly token: string;
}

/** An answer with a status that is not 200. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, text: string) {
    super(text);
    this.status = status;
  }
}

const ajv = new Ajv2020({ strict: false });
const { paths } = parse(readFileSync(CONTROL_API, 'utf8')) as Description;
const operations = new Map(
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [operation.operationId, { path, method, operation }] as const),
  ),
);

/** Names of all operations that are answered once; `events` is a stream. */
export const OPERATIONS: readonly string[] = [...operations.keys()].filter((id) => id !== 'events');

/** Returns a function that calls an operation by its id. It throws Refused, and an Error where request or answer differ from the description. */
export function controlClient({ controlUrl, token }: ControlPlace) {
  return async (id: string, body: object = {}): Promise<Record<string, unknown>> => {
    const found = operations.get(id);
    if (found === undefined) throw new Error(`The description has no operation ${id}.`);
    const { path, method, operation } = found;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    if (operation.requestBody !== undefined) demand(id, operation.requestBody.content, body);
    const init = operation.requestBody === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(controlUrl + path, { method: method.toUpperCase(), headers, ...init });
    if (operation.responses[String(answer.status)] === undefined)
      throw new Error(`${id} was answered ${String(answer.status)}, which the description does not list.`);
    const text = await answer.text();
    if (answer.status !== 200) throw new Refused(answer.status, text);
    const result = JSON.parse(text) as Record<string, unknown>;
    const content = operation.responses['200']?.content;
    if (content !== undefined) demand(id, content, result);
    return result;
  };
}

function demand(id: string, content: Content, value: unknown): void {
  const validate = ajv.compile(content['application/json'].schema);
  if (!validate(value)) throw new Error(`${id}: ${ajv.errorsText(validate.errors)}`);
}
