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
/** A quoted text (one without an end takes all that follows), a word or number, or a sign. Nothing is read twice. */
const TOKEN = /'(?:[^'\\]|\\[^])*(?:'|\\?$)|-?[\w.]+|!=|\S/g;

interface Token {
  readonly text: string;
  /** Where it begins. */
  readonly at: number;
}

/** Undefined for what it does not understand. Conditions joined by anything but AND are not understood. */
export function readSoql(text: string): Soql | undefined {
  if (text.length > LONGEST) return undefined;
  const tokens: readonly Token[] = Array.from(text.matchAll(TOKEN), ({ 0: token, index }) => ({
    text: token,
    at: index,
  }));
  let next = 0;
  const peek = () => tokens[next]?.text ?? '';
  const take = (...words: readonly string[]) => {
    const there = words.every((word, ahead) => tokens[next + ahead]?.text.toUpperCase() === word);
    if (there) next += words.length;
    return there;
  };
  const word = (shape: RegExp) => (shape.test(peek()) ? tokens[next++]?.text : undefined);

  /** Up to a comma or FROM: a name, a function, a query in brackets. */
  const field = (): string | undefined => {
    const from = tokens[next]?.at ?? 0;
    if (!/^(?:[A-Za-z_][\w.]*|\()$/.test(peek())) return undefined;
    for (let depth = 0; next < tokens.length; next += 1) {
      const sign = peek();
      if (depth === 0 && (sign === ',' || sign.toUpperCase() === 'FROM')) break;
      depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
      if (depth < 0) return undefined;
    }
    const written = text.slice(from, tokens[next]?.at).trim();
    return written === '' ? undefined : written;
  };
  const condition = (): Soql['where'][number] | undefined => {
    const name = word(NAME);
    const operator = word(/^!?=$/);
    const value = valueIn(word(/./s) ?? '');
    return name === undefined || operator === undefined || value === undefined
      ? undefined
      : { field: name, value, not: operator === '!=' };
  };
  const list = <T>(one: () => T | undefined, more: () => boolean): readonly T[] | undefined => {
    const found: T[] = [];
    do {
      const item = one();
      if (item === undefined) return undefined;
      found.push(item);
    } while (more());
    return found;
  };

  if (!take('SELECT')) return undefined;
  const fields = list(field, () => take(','));
  const type = take('FROM') ? word(NAME) : undefined;
  const where = take('WHERE') ? list(condition, () => take('AND')) : [];
  for (const sort of ['GROUP', 'ORDER'])
    if (take(sort, 'BY')) while (/^(?!LIMIT$|OFFSET$|ORDER$)[\w.,]+$/i.test(peek())) next += 1;
  const limit = take('LIMIT') ? word(COUNT) : 'Infinity';
  const offset = take('OFFSET') ? word(COUNT) : '0';
  if (fields === undefined || type === undefined || where === undefined || limit === undefined || offset === undefined)
    return undefined;
  return next < tokens.length ? undefined : { type, fields, where, limit: Number(limit), offset: Number(offset) };
}

const NAME = /^[A-Za-z_]\w{0,79}$/;
const COUNT = /^\d{1,9}$/;

function valueIn(token: string): string | number | boolean | null | undefined {
  if (/^'[^]*'$/.test(token)) return token.slice(1, -1).replace(/\\([^])/g, '$1');
  return /^(?:-?\d+(?:\.\d+)?|true|false|null)$/i.test(token) ? constantOf(token.toLowerCase()) : undefined;
}

const constantOf = (token: string) =>
  token === 'null' ? null : token === 'true' || (token === 'false' ? false : Number(token));

type Row = Readonly<Record<string, unknown>>;

/** The value of a field, whatever its capitals; undefined when the row has none. */
export function valueOf(row: Row, field: string): unknown {
  const key = Object.hasOwn(row, field)
    ? field
    : Object.keys(row).find((name) => name.toLowerCase() === field.toLowerCase());
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
