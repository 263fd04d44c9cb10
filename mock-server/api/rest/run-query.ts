/** Runs SOQL over the org's records. */
import type { Switches } from '../../switches/switches.ts';
import { aggregated, aggregateIn, isAggregate } from '../data/aggregate.ts';
import type { Records } from '../data/records.ts';
import { unknownFields } from '../data/schema.ts';
import { limited, matching, readSoql, type Soql } from '../data/soql.ts';
import type { Session } from '../session.ts';
import { fieldAt, shownRecords } from './show-records.ts';

/** What a query runs on. */
export interface QueryParts {
  readonly session: Pick<Session, 'user'>;
  readonly context: { readonly records: Records; readonly switches: Pick<Switches, 'unknownNames'> };
  /** `/services/data/v67.0` */
  readonly base: string;
}

/** The result of `runQuery`. */
export type QueryAnswer =
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | {
      readonly kind: 'found';
      readonly soql: Soql;
      /** Name of the object in the org's spelling. */
      readonly type: string;
      readonly total: number;
      readonly records: readonly object[];
    };

/** Runs a query without paging. An unknown object has no rows, unless the switch `unknownNames` refuses it. */
export function runQuery(text: string, { session: { user }, context, base }: QueryParts): QueryAnswer {
  const soql = readSoql(text);
  if (soql === undefined) {
    const [first = "'<EOF>'"] = text.trim().split(/\s+/).filter(Boolean);
    return { kind: 'refused', code: 'MALFORMED_QUERY', message: `unexpected token: ${first.slice(0, 80)}` };
  }
  const { records, switches } = context;
  const type = records.typeOf(soql.type) ?? soql.type;
  const refused = switches.unknownNames === 'refused' ? unknownName(text, soql, type, { records, user }) : undefined;
  if (refused !== undefined) return refused;
  const reader = { records, user, base };
  const valueAt = (row: Parameters<typeof fieldAt>[0], field: string) => fieldAt(row, field, reader);
  const rows = matching(records.rows(type, user), soql, valueAt);
  const found = { kind: 'found', soql, type } as const;
  if (isAggregate(soql)) {
    const results = limited(aggregated(rows, soql, valueAt), soql);
    return { ...found, total: results.length, records: results };
  }
  const some = limited(rows, soql);
  const counts = soql.fields.length === 1 && /^COUNT\(\s*\)$/i.test(soql.fields[0] ?? '');
  return { ...found, total: some.length, records: counts ? [] : shownRecords(some, soql, type, reader) };
}

/** Returns the refusal of the first unknown object or field (cassettes of CumulusCI; sf-fx-runtime-nodejs). */
function unknownName(
  text: string,
  { type: written, fields }: Soql,
  type: string,
  org: Parameters<typeof unknownFields>[2] & { readonly records: Records },
): QueryAnswer | undefined {
  if (org.records.typeOf(written) === undefined)
    return refusal(
      'INVALID_TYPE',
      text,
      text.search(new RegExp(String.raw`\b${written}\b`)),
      `sObject type '${written}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name.`,
    );
  const names = fields.map((field) => aggregateIn(field)?.field ?? field).filter((field) => /^\w+$/.test(field));
  const [name] = unknownFields(type, names, org);
  if (name === undefined) return undefined;
  return refusal(
    'INVALID_FIELD',
    text,
    text.indexOf(name),
    `No such column '${name}' on entity '${type}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name.`,
  );
}

/** Returns a refusal that points to a position in the query, in Salesforce's layout. */
function refusal(code: string, text: string, at: number, sentence: string): QueryAnswer {
  const pointer = `${' '.repeat(Math.max(0, at))}^`;
  const where = `ERROR at Row:1:Column:${String(at + 1)}`;
  const advice = 'Please reference your WSDL or the describe call for the appropriate names.';
  return { kind: 'refused', code, message: `\n${text}\n${pointer}\n${where}\n${sentence} ${advice}` };
}
