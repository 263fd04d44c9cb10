/** The part of SOQL that the mock evaluates: `SELECT … FROM Object [alias] [WHERE a = 'x' AND b IN (1, 2)] [GROUP BY a] [LIMIT n] [OFFSET
 * n]`. Other clauses and conditions are accepted and not evaluated: the answer may have more rows than Salesforce's, or another order. */

/** The evaluated parts of a query, read by `readSoql`. */
export interface Soql {
  readonly type: string;
  /** Fields as written; `COUNT()` is the only one of a query that counts. */
  readonly fields: readonly string[];
  /** Conditions that every row of the answer meets. */
  readonly where: readonly Condition[];
  /** Fields and functions as written; empty without GROUP BY. */
  readonly groupBy: readonly string[];
  readonly limit: number;
  readonly offset: number;
}

type Value = string | number | boolean | null;

interface Condition {
  readonly field: string;
  /** Values that the field may have. */
  readonly values: readonly Value[];
  /** Whether the field must have none of the values. */
  readonly negated: boolean;
}

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const LONGEST = 20_000;
/** Most conditions of a query that are evaluated. */
const MOST_CONDITIONS = 100;
const NAME = /^[A-Za-z_]\w{0,79}$/;
const FIELD = /^[A-Za-z_][\w.]*$/;
/** Keywords that may follow the object's name; any other word is its alias. */
const CLAUSE = /^(?:USING|WHERE|WITH|GROUP|HAVING|ORDER|LIMIT|OFFSET|FOR|ALL)$/i;
/** Matches a quoted text, a word or number, an operator, or any other character. */
const TOKEN = /'(?:[^'\\]|\\[^])*'?|[\w.:+-]+|[=!<>]+|[^\s]/g;

/** Reads a query. Undefined for anything but `SELECT … FROM …`, and for more than 20,000 characters. */
export function readSoql(text: string): Soql | undefined {
  const tokens = text.length > LONGEST ? [] : tokensOf(text);
  const from = tokens.findIndex((token) => is(token, 'FROM'));
  const type = tokens[from + 1]?.text ?? '';
  if (!is(tokens[0], 'SELECT') || from < 2 || !NAME.test(type)) return undefined;
  const rest = tokens.slice(from + 2).filter((token, index) => index > 0 || !is(token, 'AS'));
  const alias = rest[0] !== undefined && NAME.test(rest[0].text) && !CLAUSE.test(rest[0].text) ? rest[0].text : '';
  // A field may be prefixed with the name or the alias of its object.
  const plain = (field: string) => {
    const own = [alias, type].find((name) => name !== '' && field.toLowerCase().startsWith(`${name.toLowerCase()}.`));
    return own === undefined ? field : field.slice(own.length + 1);
  };
  const fields = split(tokens.slice(1, from), ',').map((part) => plain(textOf(text, part)));
  return {
    type,
    fields: fields.filter((field) => field !== ''),
    where: conditionsOf(clauseOf(rest, 'WHERE')).map((one) => ({ ...one, field: plain(one.field) })),
    groupBy: groupsOf(text, clauseOf(rest, 'GROUP')).map(plain),
    limit: countAfter(rest, 'LIMIT') ?? Infinity,
    offset: countAfter(rest, 'OFFSET') ?? 0,
  };
}

const is = (token: Token | undefined, word: string): boolean => token?.text.toUpperCase() === word;

/** Returns the tokens of a query. A part in brackets is one token. */
function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  let opened = 0;
  for (const { 0: sign, index } of text.matchAll(TOKEN)) {
    const closes = sign === ')' && depth > 0;
    if (sign === '(' && depth === 0) opened = index;
    if (sign === '(') depth += 1;
    if (closes) depth -= 1;
    if (depth > 0) continue;
    const start = closes ? opened : index;
    const end = index + sign.length;
    tokens.push({ text: text.slice(start, end), start, end });
  }
  return tokens;
}

/** Returns the part of the query that the tokens cover, with its spaces. */
const textOf = (text: string, tokens: readonly Token[]): string =>
  text.slice(tokens[0]?.start, tokens.at(-1)?.end ?? 0);

/** Splits tokens at a word or sign. */
function split(tokens: readonly Token[], at: string): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (is(token, at)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** Returns the tokens of a clause, without its name. */
function clauseOf(tokens: readonly Token[], name: string): readonly Token[] {
  const start = tokens.findIndex((token) => is(token, name)) + 1;
  if (start === 0) return [];
  const length = tokens.slice(start).findIndex(({ text }) => CLAUSE.test(text));
  return tokens.slice(start, length < 0 ? undefined : start + length);
}

/** Returns the fields of GROUP BY; none for what is not a list of plain fields, which is not evaluated. */
function groupsOf(text: string, [by, ...tokens]: readonly Token[]): readonly string[] {
  if (!is(by, 'BY')) return [];
  const fields = split(tokens, ',').map((part) => textOf(text, part));
  return fields.every((field) => FIELD.test(field)) ? fields : [];
}

function countAfter(tokens: readonly Token[], name: string): number | undefined {
  const [count] = clauseOf(tokens, name);
  return count !== undefined && /^\d{1,9}$/.test(count.text) ? Number(count.text) : undefined;
}

/** Returns the conditions that are evaluated; none where one of several is enough. */
function conditionsOf(tokens: readonly Token[]): readonly Condition[] {
  if (tokens.some((token) => is(token, 'OR'))) return [];
  const parts = split(tokens, 'AND').slice(0, MOST_CONDITIONS);
  return parts.flatMap(([field, operator, value, more]) => {
    if (field === undefined || operator === undefined || value === undefined || more !== undefined) return [];
    if (!FIELD.test(field.text) || !/^(?:=|!=|<>|IN)$/i.test(operator.text)) return [];
    const list = is(operator, 'IN') ? split(tokensOf(value.text.slice(1, -1)), ',').flat() : [value];
    const values = list.map(({ text }) => valueIn(text));
    // A subquery, a date or a bind variable is not evaluated.
    if (!values.every((one) => one !== undefined)) return [];
    return [{ field: field.text, values, negated: operator.text !== '=' && !is(operator, 'IN') }];
  });
}

function valueIn(token: string): Value | undefined {
  if (/^'[^]*'$/.test(token)) return token.slice(1, -1).replace(/\\([^])/g, '$1');
  switch (token.toLowerCase()) {
    case 'null':
      return null;
    case 'true':
      return true;
    case 'false':
      return false;
    default:
      return /^-?\d+(?:\.\d+)?$/.test(token) ? Number(token) : undefined;
  }
}

type Row = Readonly<Record<string, unknown>>;

/** Returns the value of a field, whatever its capitals; undefined when the row has none. */
export function valueOf(row: Row, field: string): unknown {
  const key = Object.hasOwn(row, field)
    ? field
    : Object.keys(row).find((name) => name.toLowerCase() === field.toLowerCase());
  return key === undefined ? undefined : row[key];
}

/** Returns the rows that a query finds, before limits and paging.
 * @param valueAt reads a field of a row. Default: its own fields only */
export function matching<T extends Row>(
  rows: readonly T[],
  { where }: Pick<Soql, 'where'>,
  valueAt: (row: T, field: string) => unknown = valueOf,
): readonly T[] {
  return rows.filter((row) =>
    where.every(({ field, values, negated }) => {
      const there = valueAt(row, field) ?? null;
      return values.some((value) => same(field, there, value)) !== negated;
    }),
  );
}

/** Applies LIMIT and OFFSET. */
export const limited = <T>(rows: readonly T[], { limit, offset }: Pick<Soql, 'limit' | 'offset'>): readonly T[] =>
  rows.slice(offset, offset + limit);

/** Compares values: ids of 15 and 18 characters are equal; texts are compared without regard to case, ids with. */
function same(field: string, one: unknown, other: Value): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return one === other;
  if (/id$/i.test(field)) return one === other || (one.length >= 15 && one.slice(0, 15) === other.slice(0, 15));
  return one.toLowerCase() === other.toLowerCase();
}
