/** Reads a text like a reader or a renderer: without escape sequences and invisible characters, with escapes decoded. */

/** The parts of the original that the characters of a text come from. */
interface Places {
  /** For character `i` of the text, the start and end in the original. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** A text, and where its characters come from; without places where only the text is asked for. */
export interface Reading {
  readonly text: string;
  readonly places?: Places | undefined;
}

type Decode = (found: RegExpMatchArray) => string;

const codePoint = (digits: string | undefined, radix: number): string => {
  const code = Number.parseInt(digits ?? '', radix);
  return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
};

/** Decodes the UTF-8 bytes of one character: `%EF%BC%A1`. */
const utf8 = (bytes: string): string => Buffer.from(bytes.replace(/[^0-9a-f]/gi, ''), 'hex').toString();

/** Matches ANSI escape sequences (ECMA-48 §5.4, §5.6): CSI with its parameters, OSC up to its end, the two-character ones. */
const ESCAPES =
  // eslint-disable-next-line no-control-regex
  /(?:\u001b\[|\u009b)[0-?]{0,64}[ -/]{0,8}[@-~]?|(?:\u001b\]|\u009d)[^\u0007\u001b]{0,4096}(?:\u0007|\u001b\\)?|\u001b./gu;

/** Matches invisible characters: controls, soft hyphen, zero-width, bidirectional marks, variation selectors, tags. */
const INVISIBLE = /[\p{Cf}\p{Mn}\u115f\u1160\u3164\uffa0]/gu;
const CONTROLS = /\p{Cc}/gu;
/** A character that the next one is printed over: `a\ba`, bold on paper. */
const OVERSTRUCK = /[^\b][\b]/gu;

/** Characters of tokens and of markup that have a name in HTML (HTML §13.5). */
const REFERENCES: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", excl: '!', period: '.', lowbar: '_', hyphen: '-', dash: '-' },
  ...{ equals: '=', plus: '+', sol: '/', num: '#', percnt: '%', comma: ',', colon: ':', semi: ';' },
};

/** Percent-encoding, escapes of JSON and of programming languages, character references of HTML. Where several backslashes may come first, a
 * match begins with the first of them, so that a long run of them is looked at once. */
const ESCAPED: readonly (readonly [RegExp, Decode])[] = [
  [/%[uU]([0-9A-Fa-f]{4})/g, ([, digits]) => codePoint(digits, 16)],
  [/(?:%[c-f][0-9a-f](?:%[89ab][0-9a-f]){1,3})/gi, ([bytes]) => utf8(bytes)],
  [/%([0-9A-Fa-f]{2})/g, ([, digits]) => codePoint(digits, 16)],
  [/(?<!\\)\\+u\{([0-9A-Fa-f]{1,6})\}/g, ([, digits]) => codePoint(digits, 16)],
  [/(?<!\\)\\+U(0[0-9A-Fa-f]{7})/g, ([, digits]) => codePoint(digits, 16)],
  [/(?<!\\)\\+[uU]([0-9A-Fa-f]{4})/g, ([, digits]) => codePoint(digits, 16)],
  [/(?:\\x[c-f][0-9a-f](?:\\x[89ab][0-9a-f]){1,3})/gi, ([bytes]) => utf8(bytes)],
  [/(?<!\\)\\+[xX]([0-9A-Fa-f]{2})/g, ([, digits]) => codePoint(digits, 16)],
  [/&#[xX]([0-9A-Fa-f]{1,6});?/g, ([, digits]) => codePoint(digits, 16)],
  [/&#([0-9]{1,7});?/g, ([, digits]) => codePoint(digits, 10)],
  [/&([a-z]{2,6});/g, ([whole, name]) => REFERENCES[name ?? ''] ?? whole],
];

/** Most kinds of escapes that are decoded in sequence, nested ones included. */
const ROUNDS = 16;

const numbers = (first: number, length: number): number[] => Array.from({ length }, (_, at) => first + at);

/** Returns a reading in which each character comes from itself. */
export const asItIs = (text: string): Reading => ({
  text,
  places: { starts: numbers(0, text.length), ends: numbers(1, text.length) },
});

/** Adds `count` characters that all come from the part from `start` to `end`. */
function fill(out: { starts: number[]; ends: number[] }, count: number, start: number, end: number): void {
  for (let left = count; left > 0; left -= 1) {
    out.starts.push(start);
    out.ends.push(end);
  }
}

/** Replaces matches of `pattern`; each new character comes from the whole match. */
export function replace(reading: Reading, pattern: RegExp, decode: Decode): Reading {
  const { text, places } = reading;
  if (places === undefined) return { text: text.replace(pattern, (...found) => decode(found as RegExpMatchArray)) };
  const { starts, ends } = places;
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return reading;
  const out = { text: '', places: { starts: [] as number[], ends: [] as number[] } };
  const copy = (from: number, to: number): void => {
    out.text += text.slice(from, to);
    for (let at = from; at < to; at += 1) {
      out.places.starts.push(starts[at] ?? 0);
      out.places.ends.push(ends[at] ?? 0);
    }
  };
  let from = 0;
  for (const match of found) {
    copy(from, match.index);
    const to = match.index + match[0].length;
    const decoded = decode(match);
    out.text += decoded;
    fill(out.places, decoded.length, starts[match.index] ?? 0, ends[to - 1] ?? 0);
    from = to;
  }
  copy(from, text.length);
  return out;
}

/** Returns the characters from `from` to `to`, with their places in the original. */
export function part({ text, places }: Reading, from: number, to: number): Reading {
  if (places === undefined) return { text: text.slice(from, to) };
  const { starts, ends } = places;
  return { text: text.slice(from, to), places: { starts: starts.slice(from, to), ends: ends.slice(from, to) } };
}

/** Keeps only matches of `pattern`, which is global, decoded. */
export function only({ text, places }: Reading, pattern: RegExp, decode: Decode): Reading {
  const found = text.matchAll(pattern);
  if (places === undefined) return { text: found.map(decode).toArray().join('') };
  const { starts, ends } = places;
  const out = { text: '', places: { starts: [] as number[], ends: [] as number[] } };
  for (const match of found) {
    const decoded = decode(match);
    out.text += decoded;
    fill(out.places, decoded.length, starts[match.index] ?? 0, ends[match.index + match[0].length - 1] ?? 0);
  }
  return out;
}

const nothing = (): string => '';

/** Characters that NFKC maps to letters: full-width letters, ligatures and the like. */
const COMPATIBLE = /[^\u0000-\u024f]/gu; // eslint-disable-line no-control-regex

/** Matches a text without escapes and without invisible or compatible characters: decoding leaves it as it is. */
export const PLAIN = /^[ -$'-[\]-~]*$/u;

/** Returns the text after decoding all escapes and removing all invisible characters. */
export function readThrough(raw: Reading): Reading {
  if (PLAIN.test(raw.text)) return raw;
  let reading = raw;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = reading.text;
    reading = replace(reading, COMPATIBLE, ([found]) => found.normalize('NFKC'));
    for (const unseen of [OVERSTRUCK, INVISIBLE, ESCAPES, CONTROLS]) reading = replace(reading, unseen, nothing);
    for (const [pattern, decode] of ESCAPED) {
      const seen = reading.text;
      reading = replace(reading, pattern, decode);
      // Decoded text may contain invisible characters inside another escape: `&#9\u00ad7;`.
      if (reading.text !== seen) break;
    }
    if (reading.text === before) break;
  }
  return reading;
}

/** Keeps letters and digits only, in lower case: the part that survives splitting and changes of case. */
export function skeletonOf(reading: Reading): Reading {
  const bare = replace(reading, /[^A-Za-z0-9]+/g, nothing);
  return { ...bare, text: bare.text.toLowerCase() };
}
