/** Answers `query?…&columns=true` with the columns of a query. The Salesforce CLI requests this before every `data query`
 * (@salesforce/plugin-data 4.0.115). */
import { json, type Reply } from '../../reply.ts';
import { aggregateIn } from '../data/aggregate.ts';
import { readSoql, type Soql } from '../data/soql.ts';
import type { QueryAnswer } from './run-query.ts';

interface Column {
  readonly columnName: string;
  readonly displayName: string;
  readonly aggregate?: boolean;
  readonly joinColumns?: readonly object[];
}

const column = ({ columnName, displayName, aggregate = false, joinColumns = [] }: Column) => ({
  aggregate,
  apexType: columnName === 'Id' ? 'Id' : 'String',
  booleanType: false,
  columnName,
  custom: columnName.endsWith('__c'),
  displayName,
  foreignKeyName: null,
  insertable: columnName !== 'Id',
  joinColumns,
  numberType: false,
  textType: columnName !== 'Id',
  updatable: columnName !== 'Id',
});

/** Returns the columns of fields in order; columns of one relationship are grouped at the place of the first. */
function columnsOf({ fields }: Pick<Soql, 'fields'>): readonly object[] {
  const relations = new Map<string, string[]>();
  let unnamed = 0;
  const columns = fields.map((field): string | object => {
    const aggregate = aggregateIn(field);
    if (aggregate !== undefined) {
      const columnName = aggregate.alias ?? `expr${String(unnamed++)}`;
      return column({ columnName, displayName: `${aggregate.name}(${aggregate.field})`, aggregate: true });
    }
    if (field.startsWith('(')) return subquery(field);
    const [name = '', rest] = field.split(/\.(.*)/s);
    if (rest === undefined) return column({ columnName: name, displayName: name });
    relations.set(name, [...(relations.get(name) ?? []), rest]);
    return name;
  });
  return [...new Set(columns)].map((one) => (typeof one === 'string' ? joined(one, relations.get(one) ?? []) : one));
}

const joined = (name: string, fields: readonly string[]) =>
  column({ columnName: name, displayName: name, joinColumns: columnsOf({ fields }) });

function subquery(field: string): object {
  const soql = readSoql(field.slice(1, -1));
  const name = soql?.type ?? '';
  return column({ columnName: name, displayName: name, aggregate: true, joinColumns: soql ? columnsOf(soql) : [] });
}

/** Answers with the columns of a query. */
export const columnMetadata = (
  { soql, type }: Extract<QueryAnswer, { readonly kind: 'found' }>,
  keyPrefix: string,
): Reply =>
  json(200, {
    columnMetadata: columnsOf(soql),
    entityName: type,
    groupBy: soql.groupBy.length > 0,
    idSelected: soql.fields.some((field) => field.toLowerCase() === 'id'),
    keyPrefix,
  });
