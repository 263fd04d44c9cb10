/** As much of SOQL as clients use: `SELECT a, b FROM X [WHERE …] [ORDER BY c DESC] [LIMIT n] [OFFSET n]`. */
import { compare, holds, readCondition, type Condition } from './condition.ts';
import { tokensOf } from './tokens.ts';

export interface Soql {
  readonly type: string;
  /** As they were written; `COUNT()` alone counts. */
  readonly fields: readonly string[];
  /** Absent: all rows. */
  readonly where?: Condition;
  readonly order: readonly { readonly field: string; readonly descending: boolean }[];
  readonly limit: number;
  readonly offset: number;
}

const LONGEST = 20_000;
const NAME = /^[A-Za-z_]\w{0,79}$/;
const COUNT = /^\d{1,9}$/;
/** What may stand behind the object and is no other name for it. */
const CLAUSE = /^(?:USING|WHERE|WITH|GROUP|HAVING|ORDER|LIMIT|OFFSET|FOR|ALL)$/i;

/** Undefined for what it does not understand. Groups are read, and not made. */
export function readSoql(text: string): Soql | undefined {
  if (text.length > LONGEST) return undefined;
  const tokens = tokensOf(text);
  const skipped = () => tokens.until((sign) => CLAUSE.test(sign)) !== undefined;

  if (!tokens.take('SELECT')) return undefined;
  const written: string[] = [];
  do {
    // A name, a function, a query in brackets.
    if (!/^(?:[A-Za-z_][\w.]*|\()$/.test(tokens.peek())) return undefined;
    const field = tokens.until((sign) => sign === ',' || sign.toUpperCase() === 'FROM');
    if (field === undefined || field === '') return undefined;
    written.push(field);
  } while (tokens.take(','));
  const type = tokens.take('FROM') ? tokens.word(NAME) : undefined;
  if (type === undefined) return undefined;
  tokens.take('AS');
  const alias = CLAUSE.test(tokens.peek()) ? undefined : tokens.word(NAME)?.toLowerCase();
  const plain = (field: string) =>
    alias !== undefined && field.toLowerCase().startsWith(`${alias}.`) ? field.slice(alias.length + 1) : field;
  if (tokens.take('USING', 'SCOPE') && tokens.word(NAME) === undefined) return undefined;
  const where = tokens.take('WHERE') ? readCondition(tokens) : EVERY;
  if (where === undefined) return undefined;
  if (tokens.take('WITH') && !skipped()) return undefined;
  if (tokens.take('GROUP', 'BY') && !skipped()) return undefined;
  if (tokens.take('HAVING') && !skipped()) return undefined;
  const order: { readonly field: string; readonly descending: boolean }[] = [];
  if (tokens.take('ORDER', 'BY')) {
    do {
      const by = tokens.until((sign) => sign === ',' || CLAUSE.test(sign));
      const [, field, , direction] =
        /^([\w.]+)((?:\s+(ASC|DESC))?(?:\s+NULLS\s+(?:FIRST|LAST))?)$/i.exec(by ?? '') ?? [];
      if (by === undefined || by === '') return undefined;
      if (field !== undefined) order.push({ field: plain(field), descending: direction?.toUpperCase() === 'DESC' });
    } while (tokens.take(','));
  }
  const limit = tokens.take('LIMIT') ? tokens.word(COUNT) : 'Infinity';
  const offset = tokens.take('OFFSET') ? tokens.word(COUNT) : '0';
  if (limit === undefined || offset === undefined) return undefined;
  while (tokens.take('FOR')) if (tokens.word(/^(?:VIEW|REFERENCE|UPDATE)$/i) === undefined) return undefined;
  tokens.take('ALL', 'ROWS');
  if (!tokens.done) return undefined;
  return {
    ...{ type, fields: written.map(plain), order, limit: Number(limit), offset: Number(offset) },
    ...(where !== EVERY && { where: alias === undefined ? where : renamed(where, plain) }),
  };
}

const EVERY: Condition = { kind: 'all', of: [] };

/** The same with the names of fields as `plain` makes them. */
function renamed(condition: Condition, plain: (field: string) => string): Condition {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return { kind: condition.kind, of: condition.of.map((part) => renamed(part, plain)) };
    case 'not':
      return { kind: 'not', of: renamed(condition.of, plain) };
    case 'holds':
      return condition;
    default:
      return { ...condition, field: plain(condition.field) };
  }
}

type Row = Readonly<Record<string, unknown>>;

/** The value of a field, whatever its capitals; undefined when the row has none. */
export function valueOf(row: Row, field: string): unknown {
  const key = Object.hasOwn(row, field)
    ? field
    : Object.keys(row).find((name) => name.toLowerCase() === field.toLowerCase());
  return key === undefined ? undefined : row[key];
}

/** The rows that a query finds, before paging. */
export function select<T extends Row>(rows: readonly T[], { where, order, limit, offset }: Soql): readonly T[] {
  const found = where === undefined ? [...rows] : rows.filter((row) => holds(where, (field) => valueOf(row, field)));
  if (order.length > 0) found.sort((one, other) => inOrder(one, other, order));
  return found.slice(offset, offset + limit);
}

/** Rows without the field come first, as on the platform. */
function inOrder(one: Row, other: Row, order: Soql['order']): number {
  for (const { field, descending } of order) {
    const [a, b] = [valueOf(one, field) ?? null, valueOf(other, field) ?? null];
    const difference = a === null || b === null ? Number(b === null) - Number(a === null) : (compare(a, b) ?? 0);
    if (difference !== 0) return descending && a !== null && b !== null ? -difference : difference;
  }
  return 0;
}
