/** Creates hostile input: texts, JSON, and changed versions of valid input. */
import fc, { type Arbitrary } from 'fast-check';

const NASTY: readonly string[] = [
  ...[
    '',
    ' ',
    '\0',
    '%',
    '%zz',
    '%00',
    '%F0%9F',
    '%25',
    '+',
    '&',
    '=',
    ';',
    ',',
    '.',
    '..',
    '*',
    '/',
    '\\',
    '"',
    "'",
    '`',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'length', 'then', 'toJSON'],
  ...[
    'null',
    'undefined',
    'NaN',
    'true',
    '[object Object]',
    '{}',
    '[]',
    '0',
    '-1',
    '-0',
    '1e999',
    '0x10',
    '9007199254740993',
  ],
  ...['2147483648', '99999999999999999999', '1970-01-01T00:00:00Z', '+275760-09-13T00:00:00.001Z', '0000-00-00'],
  ...[
    '<script>alert(1)</script>',
    '"><img src=x>',
    '<!--',
    ']]>',
    '<![CDATA[',
    '&#0;',
    '&lt;',
    '<!DOCTYPE a [<!ENTITY b "c">]>',
  ],
  ...[
    '../../etc/passwd',
    '//evil.example',
    'http://',
    'http://[::1',
    'http://127.0.0.1:99999/',
    'javascript:alert(1)',
    'data:,',
  ],
  ...[
    '\r\nSet-Cookie: a=b',
    '\n',
    '\r',
    '\t',
    '\u001b[2J',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\uffff',
    '\ud800',
    '\udc00',
    '\u202e',
  ],
  ...['é', 'İ', 'ﬀ', 'ß', '🏳️‍🌈', 'a=b&c=d', "' OR 1=1 --", "\\'", '${7*7}', '(a+)+$', '[', '(', '{', '}', ']', '|'],
];

const REPEATED = [
  'a',
  '%',
  '%41',
  '(',
  '"',
  '{',
  '[',
  '<',
  '\\',
  '\\"',
  ' ',
  '\n',
  '\t',
  ',',
  '&',
  '=',
  ';',
  '/',
  '../',
  '.',
  '0',
  '9',
  '-',
  'é',
  '😀',
  '\0',
  ' a',
  'a ',
  '&amp;',
  '<a>',
  "''",
];

const long = (most: number): Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...REPEATED), fc.integer({ min: 1, max: most }))
    .map(([what, length]) => what.repeat(Math.ceil(length / what.length)).slice(0, length));

/** Any text, the nasty ones first; now and then a long one. `words` belong to the format at hand. */
export const text = (words: readonly string[] = [], most = 20_000): Arbitrary<string> => {
  const short = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...NASTY, ...words) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
    { weight: 1, arbitrary: fc.string({ maxLength: 60 }) },
    ...(words.length === 0 ? [] : [{ weight: 4, arbitrary: fc.constantFrom(...words) }]),
  );
  const joined = fc.array(short, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
  const repeated = fc
    .tuple(short, fc.integer({ min: 2, max: 3_000 }))
    .map(([one, times]) => one.repeat(times).slice(0, most));
  return fc.oneof(
    { weight: 12, arbitrary: short },
    { weight: 4, arbitrary: joined },
    { weight: 1, arbitrary: long(most) },
    { weight: 1, arbitrary: repeated },
  );
};

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const scalar = (words: readonly string[]): Arbitrary<Json> =>
  fc.oneof(
    { weight: 4, arbitrary: text(words, 5_000) },
    fc.constantFrom<Json>(null, true, false, 0, -1, 1.5, 1e21, Number.MAX_SAFE_INTEGER, -0, [], {}),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );

/** Any JSON, with the names and values of the format at hand; now and then deep. */
export const json = (words: readonly string[] = []): Arbitrary<Json> => {
  const one = scalar(words);
  const deep = fc
    .tuple(fc.integer({ min: 1, max: 3_000 }), fc.boolean())
    .map(([depth, list]) =>
      Array.from({ length: depth }).reduce<Json>((inner) => (list ? [inner] : { a: inner }), null),
    );
  return fc.oneof(
    { weight: 10, arbitrary: one },
    { weight: 3, arbitrary: fc.array(one, { maxLength: 5 }) },
    { weight: 3, arbitrary: fc.array(fc.tuple(text(words, 200), one), { maxLength: 5 }).map(objectOf) },
    { weight: 1, arbitrary: deep },
  );
};

/** `__proto__` is a name like any other, as it is for JSON.parse. */
function objectOf(entries: readonly (readonly [string, Json])[]): Json {
  const made: Record<string, Json> = {};
  for (const [name, value] of entries)
    Object.defineProperty(made, name, { value, enumerable: true, writable: true, configurable: true });
  return made;
}

interface Edit {
  readonly at: number;
  readonly kind: 'replace' | 'remove' | 'add' | 'wrap' | 'twice';
  readonly name: string;
  readonly value: Json;
}

/** A right value with a few things changed in it. `words`: names and values that its format knows. */
export function near(right: Json, words: readonly string[] = []): Arbitrary<Json> {
  const edit: Arbitrary<Edit> = fc.record({
    at: fc.nat(10_000),
    kind: fc.constantFrom('replace', 'replace', 'remove', 'add', 'wrap', 'twice'),
    name: text(words, 100),
    value: json(words),
  });
  return fc.array(edit, { maxLength: 4 }).map((edits) => edits.reduce<Json>(changed, right));
}

function changed(value: Json, edit: Edit): Json {
  let left = edit.at % count(value);
  const walk = (one: Json): Json => {
    left -= 1;
    if (left === -1) return applied(one, edit);
    if (left < -1 || typeof one !== 'object' || one === null) return one;
    if (Array.isArray(one)) return (one as readonly Json[]).map(walk);
    return objectOf(Object.entries(one).map(([name, inner]) => [name, walk(inner)] as const));
  };
  return walk(value);
}

function applied(one: Json, { kind, name, value }: Edit): Json {
  if (kind === 'wrap') return [one];
  if (kind === 'twice')
    return Array.isArray(one) ? [...(one as readonly Json[]), ...(one as readonly Json[])] : [one, one];
  if (kind === 'replace' || typeof one !== 'object' || one === null) return value;
  const list = Array.isArray(one) ? undefined : Object.entries(one);
  if (kind === 'remove') return list === undefined ? (one as readonly Json[]).slice(1) : objectOf(list.slice(1));
  return list === undefined ? [...(one as readonly Json[]), value] : objectOf([...list, [name, value]]);
}

const count = (value: Json): number =>
  typeof value !== 'object' || value === null
    ? 1
    : Object.values(value as Record<string, Json>).reduce<number>((sum, one) => sum + count(one), 1);

/** A right text with a few pieces taken out, put in or doubled. */
export function mutated(
  right: Arbitrary<string> | string,
  words: readonly string[] = [],
  most = 20_000,
): Arbitrary<string> {
  const edit = fc.record({
    at: fc.nat(1_000_000),
    remove: fc.oneof({ weight: 3, arbitrary: fc.nat(8) }, { weight: 1, arbitrary: fc.nat(400) }),
    insert: fc.oneof({ weight: 1, arbitrary: fc.constant('') }, { weight: 4, arbitrary: text(words, most) }),
    twice: fc.boolean(),
  });
  const start = typeof right === 'string' ? fc.constant(right) : right;
  return fc.tuple(start, fc.array(edit, { maxLength: 5 })).map(([whole, edits]) =>
    edits.reduce((one, { at, remove, insert, twice }) => {
      const from = at % (one.length + 1);
      const gone = one.slice(from, from + remove);
      return one.slice(0, from) + (twice ? gone + gone : '') + insert + one.slice(from + remove);
    }, whole),
  );
}
