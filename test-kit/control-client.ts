/** A client of the control port that is generated from its published description, and refuses what the description does not allow. */
import { mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from '@hey-api/openapi-ts';

/** Path of the description. */
export const CONTROL_API = fileURLToPath(new URL('../docs/openapi/control.v1.yaml', import.meta.url));

/** Where a control port is. */
export interface ControlPlace {
  readonly controlUrl: string;
  readonly token: string;
}

/** What the generated code returns; `error` also where a request or an answer differs from the description. */
interface Called {
  readonly data?: Record<string, unknown>;
  readonly error?: unknown;
  /** Of `events` alone. */
  readonly stream?: AsyncIterable<unknown>;
}
type Operation = (options: Readonly<Record<string, unknown>>) => Promise<Called>;

/** A generated client. */
export interface ControlClient {
  /** Names of all operations; `events` is a stream. */
  readonly operations: readonly string[];
  /** Returns a function that calls an operation by its id. It throws Error with what was refused or differs from the description. */
  at(place: ControlPlace): (id: string, body?: object) => Promise<Record<string, unknown>>;
  /** Streams the history from its beginning. */
  events(place: ControlPlace): Promise<AsyncIterable<unknown>>;
}

/** Generates the client into a temporary folder, which the caller removes. */
export async function generateControlClient(): Promise<ControlClient & { readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'sf-control-client-'));
  await symlink(fileURLToPath(new URL('../node_modules', import.meta.url)), join(folder, 'node_modules'));
  await createClient({
    input: CONTROL_API,
    output: { path: join(folder, 'client') },
    plugins: ['@hey-api/client-fetch', 'zod', { name: '@hey-api/sdk', validator: true }],
    logs: { level: 'silent' },
  });
  const sdk = (await import(join(folder, 'client/sdk.gen.ts'))) as Readonly<Record<string, Operation>>;
  const call = async (id: string, { controlUrl, token }: ControlPlace, more: object): Promise<Called> => {
    const operation = sdk[id];
    if (operation === undefined) throw new Error(`The description has no operation ${id}.`);
    return operation({ baseUrl: controlUrl, auth: token, ...more });
  };
  return {
    folder,
    operations: Object.keys(sdk),
    at: (place) => async (id, body) => {
      const { data, error } = await call(id, place, { body }).catch((refused: unknown) => ({
        ...{ data: undefined, error: String(refused) },
      }));
      if (data === undefined) throw new Error(`${id}: ${JSON.stringify(error)}`);
      return data;
    },
    async events(place) {
      const { stream } = await call('events', place, { headers: { 'Last-Event-ID': '0' } });
      if (stream === undefined) throw new TypeError('The description says that events are a stream.');
      return stream;
    },
  };
}
