/** Conditions of a query: what stands behind WHERE. What needs more than one row and a comparison holds for every row. */
import type { Tokens } from './tokens.ts';

type Value = string | number | boolean | null;

export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'compare'; readonly field: string; readonly operator: string; readonly value: Value }
  | { readonly kind: 'in'; readonly field: string; readonly values: readonly Value[] }
  /** Functions, queries inside of queries, and dates that are counted from today: they are read, and not looked at. */
  | { readonly kind: 'holds' };

const DEEPEST = 20;
/** Comparisons of one query. */
const MOST = 100;
/** Characters of a text that LIKE looks at, and of its pattern. */
const LIKE_SEES = 255;
const FIELD = /^[A-Za-z_][\w.]*$/;
const OPERATOR = /^(?:=|!=|<>|<|>|<=|>=|LIKE)$/i;
const HOLDS: Condition = { kind: 'holds' };

/** Undefined for what it does not understand, and for more than anybody writes. */
export function readCondition(tokens: Tokens, depth = 0, budget = { left: MOST }): Condition | undefined {
  if (depth > DEEPEST) return undefined;
  return list('any', 'OR', tokens, () => list('all', 'AND', tokens, () => one(tokens, depth, budget)));
}

function list(kind: 'all' | 'any', word: string, tokens: Tokens, read: () => Condition | undefined) {
  const of: Condition[] = [];
  do {
    const next = read();
    if (next === undefined) return undefined;
    of.push(next);
  } while (tokens.take(word));
  const [only] = of;
  return of.length === 1 ? only : { kind, of };
}

function one(tokens: Tokens, depth: number, budget: { left: number }): Condition | undefined {
  if (depth > DEEPEST || (budget.left -= 1) < 0) return undefined;
  if (tokens.take('NOT')) {
    const of = one(tokens, depth + 1, budget);
    return of && { kind: 'not', of };
  }
  if (tokens.take('(')) {
    const inside = readCondition(tokens, depth + 1, budget);
    return tokens.take(')') ? inside : undefined;
  }
  const field = tokens.word(FIELD);
  if (field === undefined) return undefined;
  const called = tokens.peek() === '(';
  if (called && bracketed(tokens) === undefined) return undefined;
  const compared = tokens.take('NOT', 'IN') ? 'not in' : tokens.word(/^(?:IN|INCLUDES|EXCLUDES)$/i)?.toLowerCase();
  if (compared !== undefined) {
    const of = among(tokens, field, called || compared === 'includes' || compared === 'excludes');
    return of && (compared === 'not in' && of !== HOLDS ? { kind: 'not', of } : of);
  }
  const operator = tokens.word(OPERATOR)?.toUpperCase();
  const raw = operator === undefined ? '' : (tokens.word(/./s) ?? '');
  const value = valueIn(raw);
  if (operator === undefined || (value === undefined && !isDateLiteral(raw))) return undefined;
  if (operator === 'LIKE' && typeof value !== 'string') return undefined;
  return called || value === undefined ? HOLDS : { kind: 'compare', field, operator, value };
}

/** A list of values in brackets, or a query, which is not run. */
function among(tokens: Tokens, field: string, unread: boolean): Condition | undefined {
  if (!tokens.take('(')) return undefined;
  if (tokens.peek().toUpperCase() === 'SELECT')
    return tokens.until((sign) => sign === ')') !== undefined && tokens.take(')') ? HOLDS : undefined;
  const values: Value[] = [];
  do {
    const value = valueIn(tokens.word(/./s) ?? '');
    if (value === undefined) return undefined;
    values.push(value);
  } while (tokens.take(','));
  if (!tokens.take(')')) return undefined;
  return unread ? HOLDS : { kind: 'in', field, values };
}

function bracketed(tokens: Tokens): true | undefined {
  tokens.take('(');
  return tokens.until((sign) => sign === ')') !== undefined && tokens.take(')') ? true : undefined;
}

/** `TODAY`, `LAST_N_DAYS:7` */
const isDateLiteral = (token: string) =>
  /^(?:TODAY|YESTERDAY|TOMORROW|(?:LAST|THIS|NEXT|N)_[A-Z_]+(?::\d{1,9})?)$/i.test(token);

function valueIn(token: string): Value | undefined {
  if (/^'[^]*'$/.test(token)) return token.slice(1, -1).replace(/\\([^])/g, '$1');
  if (MOMENT.test(token)) return token;
  return /^(?:-?\d+(?:\.\d+)?|true|false|null)$/i.test(token) ? constantOf(token.toLowerCase()) : undefined;
}

const constantOf = (token: string) =>
  token === 'null' ? null : token === 'true' || (token === 'false' ? false : Number(token));

const MOMENT = /^\d{4}-\d\d-\d\d(?:T|$)/;

/** Whether it holds for a row, of which `valueOf` hands out the fields. */
export function holds(condition: Condition, valueOf: (field: string) => unknown): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((part) => holds(part, valueOf));
    case 'any':
      return condition.of.some((part) => holds(part, valueOf));
    case 'not':
      return !holds(condition.of, valueOf);
    case 'holds':
      return true;
    case 'in': {
      const there = valueOf(condition.field) ?? null;
      return condition.values.some((value) => same(condition.field, there, value));
    }
    case 'compare':
      return compares(condition, valueOf(condition.field) ?? null);
  }
}

function compares({ field, operator, value }: Condition & { readonly kind: 'compare' }, there: unknown): boolean {
  switch (operator) {
    case '=':
      return same(field, there, value);
    case '!=':
    case '<>':
      return !same(field, there, value);
    case 'LIKE':
      return typeof there === 'string' && typeof value === 'string' && like(there.toLowerCase(), value.toLowerCase());
    default: {
      const order = compare(there, value);
      if (order === undefined) return false;
      return operator.startsWith('<')
        ? order < 0 || (operator === '<=' && order === 0)
        : order > 0 || (operator === '>=' && order === 0);
    }
  }
}

/** Ids of 15 and 18 characters are the same; capitals in texts mean nothing, except in ids. */
function same(field: string, one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  if (/id$/i.test(field)) return one.length >= 15 && one.slice(0, 15) === other.slice(0, 15);
  return (
    one.toLowerCase() === other.toLowerCase() || (MOMENT.test(one) && MOMENT.test(other) && compare(one, other) === 0)
  );
}

/** Below 0: the first is smaller. Undefined for what has no order. */
export function compare(one: unknown, other: unknown): number | undefined {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (typeof one !== 'string' || typeof other !== 'string') return undefined;
  if (MOMENT.test(one) && MOMENT.test(other)) return Date.parse(one) - Date.parse(other);
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `%` stands for any text, `_` for one character. */
function like(text: string, pattern: string): boolean {
  const [seen, signs] = [text.slice(0, LIKE_SEES), pattern.slice(0, LIKE_SEES)];
  let [at, sign, star, from] = [0, 0, -1, 0];
  while (at < seen.length) {
    if (signs[sign] === '%') {
      [star, from] = [sign, at];
      sign += 1;
    } else if (sign < signs.length && (signs[sign] === '_' || signs[sign] === seen[at])) {
      at += 1;
      sign += 1;
    } else if (star >= 0) {
      // The last % takes one character more.
      from += 1;
      [at, sign] = [from, star + 1];
    } else return false;
  }
  return /^%*$/.test(signs.slice(sign));
}
