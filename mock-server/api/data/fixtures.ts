/** Reads the records that a partner's tests need from a folder: one file for each object, `Account.json` with a list of Accounts. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../../../src/errors.ts';

/** Fields of a record, by name. */
export type Fields = Readonly<Record<string, unknown>>;

/** Lists of records by object. */
export type Fixtures = ReadonlyMap<string, readonly Fields[]>;

const MOST_FILES = 100;
const MOST_BYTES = 1024 * 1024;
/** Most records of all files together. */
export const MOST_RECORDS = 10_000;
const MOST_FIELDS = 500;
const NAME = /^[A-Za-z]\w{0,79}$/;

const bad = (file: string, why: string, cause?: unknown) =>
  new HarnessError(
    'bad-fixture',
    `${file}: ${why}.`,
    'A fixture is a file <SObject>.json with a list of records: [{"Name":"Acme"}].',
    { cause },
  );

/** Reads `<SObject>.json` files; ignores other files.
 * @throws HarnessError `bad-fixture` */
export async function readFixtures(folder: string | undefined): Promise<Fixtures> {
  if (folder === undefined) return new Map();
  const names = await readdir(folder).catch((cause: unknown) => {
    throw bad(folder, 'the folder cannot be read', cause);
  });
  const files = names.filter((name) => name.endsWith('.json')).sort();
  if (files.length > MOST_FILES) throw bad(folder, `more than ${String(MOST_FILES)} files`);
  const fixtures = new Map<string, readonly Fields[]>();
  let count = 0;
  for (const file of files) {
    const type = file.slice(0, -'.json'.length);
    if (!NAME.test(type)) throw bad(file, 'no name of an object');
    const records = await readFixture(join(folder, file));
    count += records.length;
    if (count > MOST_RECORDS) throw bad(file, `more than ${String(MOST_RECORDS)} records in all`);
    fixtures.set(type, records);
  }
  return fixtures;
}

async function readFixture(path: string): Promise<readonly Fields[]> {
  let value: unknown;
  try {
    if ((await stat(path)).size > MOST_BYTES) throw new RangeError('larger than 1 MiB');
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw bad(path, cause instanceof Error ? cause.message : 'unreadable', cause);
  }
  if (!Array.isArray(value)) throw bad(path, 'not a list');
  return value.map((record, at) => {
    const wrong = complaint(record);
    if (wrong !== undefined) throw bad(path, `record ${String(at + 1)} ${wrong}`);
    return record as Fields;
  });
}

/** Describes a fault of a record, from a file or a client, as the end of a sentence; undefined for a valid record. */
export function complaint(record: unknown): string | undefined {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return 'is not an object';
  const entries = Object.entries(record);
  if (entries.length > MOST_FIELDS) return `has more than ${String(MOST_FIELDS)} fields`;
  const name = entries.map(([field]) => field).find((field) => field !== 'attributes' && !NAME.test(field));
  if (name !== undefined) return `has a field with the name "${name.slice(0, 40)}"`;
  const { Id: id } = record as Fields;
  if (id !== undefined && id !== null && !(typeof id === 'string' && /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(id))) {
    return 'has an Id that is not a record id';
  }
  return undefined;
}
