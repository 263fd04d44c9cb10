/** Evaluates aggregates of SOQL: `COUNT(Id)`, `SUM(Amount) total`, with or without GROUP BY. */
import type { Soql } from './soql.ts';

/** A field of a query that is computed over rows. */
interface Aggregate {
  readonly name: string;
  readonly field: string;
  /** Name of its value in the answer; undefined: `expr0`, `expr1` … */
  readonly alias: string | undefined;
}

type Row = Readonly<Record<string, unknown>>;
type ValueAt<T> = (row: T, field: string) => unknown;

const FUNCTION = /^(COUNT|COUNT_DISTINCT|SUM|AVG|MIN|MAX)\(\s*([\w.]{1,200})\s*\)(?:\s+([A-Za-z_]\w{0,79}))?$/i;
/** Most groups of one answer. */
const MOST_GROUPS = 2_000;

/** Reads a field as an aggregate; undefined for a plain field, and for `COUNT()`. */
export function aggregateIn(field: string): Aggregate | undefined {
  const [, name, of, alias] = FUNCTION.exec(field) ?? [];
  return name === undefined || of === undefined ? undefined : { name: name.toUpperCase(), field: of, alias };
}

/** Returns whether a query is answered with AggregateResults. */
export const isAggregate = ({ fields, groupBy }: Soql): boolean =>
  groupBy.length > 0 || fields.some((field) => aggregateIn(field) !== undefined);

/** Returns the AggregateResults of rows (cassettes of CumulusCI): one for all rows, or one for each group.
 * @param valueAt reads a field of a row */
export function aggregated<T extends Row>(rows: readonly T[], soql: Soql, valueAt: ValueAt<T>): readonly object[] {
  const groups = new Map<string, T[]>();
  if (soql.groupBy.length === 0) groups.set('', [...rows]);
  else
    for (const row of rows) {
      const key = JSON.stringify(soql.groupBy.map((field) => valueAt(row, field) ?? null));
      if (groups.size < MOST_GROUPS || groups.has(key)) groups.set(key, [...(groups.get(key) ?? []), row]);
    }
  return [...groups.values()].map((group) => ({
    attributes: { type: 'AggregateResult' },
    ...Object.fromEntries(valuesOf(group, soql, valueAt)),
  }));
}

function valuesOf<T extends Row>(group: readonly T[], { fields }: Soql, valueAt: ValueAt<T>) {
  let unnamed = 0;
  return fields.map((field): readonly [string, unknown] => {
    const aggregate = aggregateIn(field);
    if (aggregate !== undefined) {
      const name = aggregate.alias ?? `expr${String(unnamed++)}`;
      return [
        name,
        computed(
          aggregate.name,
          group.map((row) => valueAt(row, aggregate.field)),
        ),
      ];
    }
    const [plain = '', alias] = field.split(/\s+/);
    const [first] = group;
    return [alias ?? plain.split('.').at(-1) ?? plain, (first && valueAt(first, plain)) ?? null];
  });
}

/** Computes one aggregate; null without values, as on Salesforce, except for counts. */
function computed(name: string, all: readonly unknown[]): unknown {
  const values = all.filter((value) => value !== null && value !== undefined);
  const numbers = values.filter((value) => typeof value === 'number');
  const sum = numbers.reduce((total, value) => total + value, 0);
  const sorted = () => [...values].sort((one, other) => (isLess(one, other) ? -1 : 1));
  switch (name) {
    case 'COUNT':
      return values.length;
    case 'COUNT_DISTINCT':
      return new Set(values).size;
    case 'SUM':
      return numbers.length === 0 ? null : sum;
    case 'AVG':
      return numbers.length === 0 ? null : sum / numbers.length;
    case 'MIN':
      return sorted()[0] ?? null;
    default:
      return sorted().at(-1) ?? null;
  }
}

const isLess = (one: unknown, other: unknown): boolean =>
  typeof one === 'number' && typeof other === 'number' ? one < other : String(one) < String(other);
