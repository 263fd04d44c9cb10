/** Formats records as the API does: with their type and URL, related records inside, and null for missing fields. */
import type { User } from '../../salesforce/org.ts';
import type { Records, Row } from '../data/records.ts';
import { blobOf } from '../data/schema.ts';
import { limited, matching, readSoql, valueOf, type Soql } from '../data/soql.ts';

/** The source of records, and the user who reads them. */
export interface Reader {
  readonly records: Records;
  readonly user: User;
  /** `/services/data/v67.0` */
  readonly base: string;
}

interface Found {
  readonly type: string;
  readonly row: Row;
}

/** Relationships that default to the reading user. */
const TO_USER = /^(?:Owner|CreatedBy|LastModifiedBy)$/i;
const TO_USER_ID = /^(?:Owner|CreatedBy|LastModifiedBy)Id$/i;

/** Returns the value of a field, or of a field of a related record: `Owner.Name`; undefined when there is none. */
export function fieldAt(row: Row, path: string, reader: Reader): unknown {
  const [name = '', rest] = path.split(/\.(.*)/s);
  if (rest !== undefined) {
    const found = related(row, name, reader);
    return found && fieldAt(found.row, rest, reader);
  }
  return valueOf(row, name) ?? (TO_USER_ID.test(name) ? reader.user.id : undefined);
}

/** Finds the record of a relationship: inside the record, or by the id that the record holds. */
function related(row: Row, name: string, reader: Reader): Found | undefined {
  const inside = valueOf(row, name);
  if (typeof inside === 'object' && inside !== null) {
    const { attributes, ...fields } = inside as Readonly<Record<string, unknown>>;
    const named = (attributes as Readonly<Record<string, unknown>> | undefined)?.['type'];
    return { type: typeof named === 'string' ? named : name, row: { Id: '', ...fields } };
  }
  const id =
    valueOf(row, name.toLowerCase().endsWith('__r') ? `${name.slice(0, -1)}c` : `${name}Id`) ??
    (TO_USER.test(name) ? reader.user.id : undefined);
  if (typeof id !== 'string' || id === '') return undefined;
  for (const type of reader.records.types()) {
    const found = reader.records.find(type, id, reader.user);
    if (found !== undefined) return { type, row: found };
  }
  return undefined;
}

/** Returns one record with some fields. */
export function shownRecord({ type, row }: Found, fields: readonly string[], reader: Reader): object {
  const url = `${reader.base}/sobjects/${type}/${row.Id}`;
  const shown: Record<string, unknown> = {};
  const nested = new Map<string, string[]>();
  for (const field of fields) {
    const [name = '', rest] = field.split(/\.(.*)/s);
    if (field.startsWith('(')) Object.assign(shown, children({ type, row }, field.slice(1, -1), reader));
    else if (rest === undefined) shown[name] = shownValue(fieldAt(row, name, reader), name, type, url);
    else nested.set(name, [...(nested.get(name) ?? []), rest]);
  }
  for (const [name, inner] of nested) {
    const found = related(row, name, reader);
    shown[name] = found === undefined ? null : shownRecord(found, inner, reader);
  }
  return { attributes: { type, url }, ...shown };
}

const shownValue = (value: unknown, name: string, type: string, url: string): unknown =>
  value !== undefined && value !== null && blobOf(type)?.toLowerCase() === name.toLowerCase()
    ? `${url}/${blobOf(type) ?? name}`
    : (value ?? null);

/** Returns the records of a subquery, by the name of the relationship; null when there are none. */
function children(parent: Found, text: string, reader: Reader): Readonly<Record<string, unknown>> {
  const soql = readSoql(text.replace(/\bFROM(\s+)\w{1,80}\./i, 'FROM$1'));
  if (soql === undefined) return {};
  const type = childType(soql.type, reader.records.types());
  const prefixed = `${type}.`.toLowerCase();
  const own = (field: string) => (field.toLowerCase().startsWith(prefixed) ? field.slice(prefixed.length) : field);
  const rows = type === undefined ? [] : reader.records.rows(type, reader.user);
  const belongs = rows.filter((row) => Object.values(row).includes(parent.row.Id) && row.Id !== parent.row.Id);
  const found = limited(
    matching(belongs, soql, (row, field) => fieldAt(row, field, reader)),
    soql,
  );
  if (type === undefined || found.length === 0) return { [soql.type]: null };
  const records = found.map((row) => shownRecord({ type, row }, soql.fields.map(own), reader));
  return { [soql.type]: { totalSize: records.length, done: true, records } };
}

/** Returns the object of a child relationship: `Contacts`, `Opportunities`, `Things__r`. */
function childType(relationship: string, types: readonly string[]): string | undefined {
  const name = relationship.toLowerCase();
  return types.find((type) => {
    const one = type.toLowerCase();
    const plurals = one.endsWith('__c') ? [`${one.slice(0, -3)}__r`, `${one.slice(0, -3)}s__r`] : [`${one}s`];
    return [...plurals, one.replace(/y$/, 'ies')].includes(name);
  });
}

/** Returns rows of a query with the requested fields; all fields for `FIELDS(…)`. */
export function shownRecords(rows: readonly Row[], { fields }: Soql, type: string, reader: Reader): readonly object[] {
  const all = fields.some((field) => /^FIELDS\(/i.test(field));
  return rows.map((row) => shownRecord({ type, row }, all ? Object.keys(row) : fields, reader));
}
