/** As much of SOQL as smoke tests use: `SELECT a, b FROM X [WHERE c = 'd' [AND …]] [LIMIT n] [OFFSET n]`. */

export interface Soql {
  readonly type: string;
  /** As they were written; `COUNT()` alone counts. */
  readonly fields: readonly string[];
  readonly where: readonly {
    readonly field: string;
    readonly value: string | number | boolean | null;
    readonly not: boolean;
  }[];
  readonly limit: number;
  readonly offset: number;
}

const LONGEST = 20_000;
const SHAPE =
  /^\s*SELECT\s+([\s\S]+?)\s+FROM\s+(\w{1,80})(?:\s+WHERE\s+([\s\S]+?))?(?:\s+(?:ORDER|GROUP)\s+BY\s+[\w.,\s]+?)?(?:\s+LIMIT\s+(\d{1,9}))?(?:\s+OFFSET\s+(\d{1,9}))?\s*$/i;
const CONDITION = /^\s*(\w{1,80})\s*(=|!=)\s*(?:'((?:[^'\\]|\\.)*)'|(-?\d+(?:\.\d+)?|true|false|null))\s*$/i;

/** Undefined for what it does not understand. Conditions joined by anything but AND are not understood. */
export function readSoql(text: string): Soql | undefined {
  if (text.length > LONGEST) return undefined;
  const [, fields, type, conditions, limit, offset] = SHAPE.exec(text) ?? [];
  if (fields === undefined || type === undefined) return undefined;
  const where = conditions === undefined ? [] : conditions.split(/\s+AND\s+/i).map(condition);
  if (where.includes(undefined)) return undefined;
  return {
    type,
    fields: fields.split(',').map((field) => field.trim()),
    where: where.filter((one) => one !== undefined),
    limit: limit === undefined ? Infinity : Number(limit),
    offset: Number(offset ?? 0),
  };
}

function condition(text: string): Soql['where'][number] | undefined {
  const [, field, operator, quoted, bare] = CONDITION.exec(text) ?? [];
  if (field === undefined) return undefined;
  const value =
    quoted === undefined ? (JSON.parse((bare ?? 'null').toLowerCase()) as number) : quoted.replace(/\\(.)/g, '$1');
  return { field, value, not: operator === '!=' };
}

type Row = Readonly<Record<string, unknown>>;

/** The value of a field, whatever its capitals; undefined when the row has none. */
export function valueOf(row: Row, field: string): unknown {
  const key = field in row ? field : Object.keys(row).find((name) => name.toLowerCase() === field.toLowerCase());
  return key === undefined ? undefined : row[key];
}

/** The rows that a query finds, before paging. Ids of 15 and 18 characters are the same. */
export function select<T extends Row>(rows: readonly T[], { where, limit, offset }: Soql): readonly T[] {
  const same = (field: string, one: unknown, other: unknown) =>
    one === other ||
    (/id$/i.test(field) &&
      typeof one === 'string' &&
      typeof other === 'string' &&
      one.slice(0, 15) === other.slice(0, 15));
  const found = rows.filter((row) =>
    where.every(({ field, value, not }) => same(field, valueOf(row, field) ?? null, value) !== not),
  );
  return found.slice(offset, offset + limit);
}
