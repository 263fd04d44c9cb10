/** Keeps the records of the org in memory: those of the fixtures and those that clients wrote. */
import { createBoundedMap } from '../../bounded-map.ts';
import { longId, recordId } from '../../salesforce/ids.ts';
import type { Org, User } from '../../salesforce/org.ts';
import { MOST_RECORDS, type Fields, type Fixtures } from './fixtures.ts';

/** One record with its fields, including `Id`. */
export type Row = Fields & { readonly Id: string };

/** The records of one org; made by `createRecords`. */
export interface Records {
  /** Returns the names of all objects in alphabetical order. */
  types(): readonly string[];
  /** Returns the name of an object in its usual spelling, whatever the capitals; undefined when there is no such object. */
  typeOf(name: string): string | undefined;
  /** Returns the first three characters of an object's ids. */
  prefixOf(type: string): string;
  /** Returns all rows of an object as `user` sees them. */
  rows(type: string, user: User): readonly Row[];
  find(type: string, id: string, user: User): Row | undefined;
  /** Creates a record. Undefined when the org is full. */
  create(type: string, fields: Fields): Row | undefined;
  /** Changes a record. False when there is none, or it cannot be written. */
  update(type: string, id: string, fields: Fields): boolean;
  remove(type: string, id: string): boolean;
  /** Stores the answer of a query for its further pages; returns the id of its locator. The oldest are dropped first. */
  remember(rows: readonly object[]): string;
  recall(id: string): readonly object[] | undefined;
  /** Remembers the current records; returns a function that restores them. */
  savepoint(): () => void;
}

const PREFIXES: Readonly<Record<string, string>> = {
  Account: '001',
  Contact: '003',
  Opportunity: '006',
  Lead: '00Q',
  Case: '500',
  Task: '00T',
  User: '005',
  Organization: '00D',
  ContentVersion: '068',
  Attachment: '00P',
  Document: '015',
};
/** Most queries with further pages that are open at once. */
const MOST_ANSWERS = 50;
const KNOWN = Object.keys(PREFIXES);

/** What records are made of. */
export interface RecordParts {
  readonly org: Org;
  readonly fixtures: Fixtures;
  /** Returns milliseconds of the epoch. */
  readonly clock: () => number;
}

/** Creates the records of an org: one Account unless the fixtures have Accounts; users and the organization are those of the mock. */
export function createRecords({ org, fixtures, clock }: RecordParts): Records {
  const answers = createBoundedMap<string, readonly object[]>(MOST_ANSWERS);
  let tables = new Map<string, Map<string, Row>>();
  let made = 0;
  let size = 0;

  const prefixOf = (type: string) =>
    (Object.hasOwn(PREFIXES, type) ? PREFIXES[type] : undefined) ??
    `a${String(Math.max(0, [...fixtures.keys()].sort().indexOf(type))).padStart(2, '0')}`;
  const insert = (type: string, fields: Fields): Row => {
    made += 1;
    size += 1;
    const stamp = stampOf(clock());
    const given = typeof fields['Id'] === 'string' ? fields['Id'] : undefined;
    const id = given === undefined ? recordId(prefixOf(type), `${org.id}:${String(made)}`) : given.slice(0, 15);
    const { attributes: _attributes, ...rest } = fields;
    const row: Row = { CreatedDate: stamp, LastModifiedDate: stamp, ...rest, Id: longId(id) };
    const table = tables.get(type) ?? new Map<string, Row>();
    tables.set(type, table.set(row.Id, row));
    return row;
  };
  for (const [type, list] of fixtures) for (const fields of list) insert(type, fields);
  if (!fixtures.has('Account')) insert('Account', { Name: 'Account of the mock' });

  const long = (id: string) => (id.length === 15 ? longId(id) : id);
  const virtual = (type: string, user: User): readonly Row[] => {
    if (type === 'User')
      return [{ Id: user.id, Name: `Mock ${user.name}`, Username: user.username, Email: user.email, IsActive: true }];
    if (type === 'Organization')
      return [
        { Id: org.id, Name: 'Mock', InstanceName: 'MOCK', OrganizationType: 'Developer Edition', IsSandbox: false },
      ];
    return [];
  };
  const types = () => [...new Set([...KNOWN, ...tables.keys()])].sort();
  return {
    types,
    typeOf: (name) => types().find((type) => type.toLowerCase() === name.toLowerCase()),
    prefixOf,
    rows: (type, user) => [...virtual(type, user), ...(tables.get(type)?.values() ?? [])],
    find: (type, id, user) => virtual(type, user).find((row) => row.Id === long(id)) ?? tables.get(type)?.get(long(id)),
    create: (type, { Id: _id, ...fields }) => (size < MOST_RECORDS ? insert(type, fields) : undefined),
    update(type, id, { Id: _id, attributes: _attributes, ...fields }) {
      const row = tables.get(type)?.get(long(id));
      if (row === undefined) return false;
      const changed = { ...row, ...fields, LastModifiedDate: stampOf(clock()), Id: row.Id };
      tables.get(type)?.set(row.Id, changed);
      return true;
    },
    remember(rows) {
      made += 1;
      const id = recordId('01g', `${org.id}:${String(made)}`);
      answers.set(id, rows);
      return id;
    },
    recall: (id) => answers.get(id),
    savepoint() {
      const [kept, count] = [new Map([...tables].map(([type, rows]) => [type, new Map(rows)])), size];
      return () => {
        tables = kept;
        size = count;
      };
    },
    remove(type, id) {
      const removed = tables.get(type)?.delete(long(id)) ?? false;
      if (removed) size -= 1;
      return removed;
    },
  };
}

const stampOf = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');
