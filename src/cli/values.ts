/** Parses the values of flags. All throw HarnessError `usage`; `flag` is the flag's name for the message. */
import { unknownWord, usage } from './usage.ts';

/** Reads a list such as `a,b` of one or more of `known`, each once. */
export const listOf =
  <T extends string>(what: string, known: readonly T[]) =>
  (text: string, flag: string): readonly T[] => {
    const words = text.split(',').map((word) => word.trim());
    if (words.includes('')) throw usage(`${flag} needs one or more of ${known.join(', ')}, separated by commas.`);
    const wrong = words.find((word) => !(known as readonly string[]).includes(word));
    if (wrong !== undefined) throw unknownWord(what, wrong, known);
    return [...new Set(words)] as T[];
  };

/** Reads one of `known`. */
export const oneOf =
  <T extends string>(what: string, known: readonly T[]) =>
  (text: string): T => {
    const found = known.find((word) => word === text);
    if (found === undefined) throw unknownWord(what, text, known);
    return found;
  };

/** Reads a whole number from `least` to `most`, in decimal digits. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string, flag: string): number => {
    const value = /^\d{1,16}$/u.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw usage(`${flag} must be a whole number from ${least} to ${most}, not "${text.slice(0, 60)}".`);
  };

/** Reads a regular expression for ids, of at most 1,000 characters. */
export function pattern(text: string, flag: string): string {
  try {
    if (text !== '' && text.length <= 1_000 && new RegExp(text, 'iu').flags !== '') return text;
    throw new RangeError('length');
  } catch {
    throw usage(`${flag} "${text.slice(0, 60)}" is no regular expression.`, 'Quote it, and escape brackets.');
  }
}

/** Reads a shard `i/n` with 1 ≤ i ≤ n. */
export function shard(text: string, flag: string): string {
  const [, i, n] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/u.exec(text) ?? [];
  if (i !== undefined && n !== undefined && Number(i) <= Number(n)) return text;
  throw usage(`${flag} must be i/n with 1 ≤ i ≤ n, not "${text.slice(0, 60)}".`, 'Write for example: --shard 1/3');
}

/** Reads a path as typed; the command resolves it. */
export function path(text: string, flag: string): string {
  if (text === '') throw usage(`${flag} needs a path.`);
  return text;
}

/** Reads any text that is not empty. */
export function word(text: string, flag: string): string {
  if (text === '') throw usage(`${flag} needs a value.`);
  return text;
}

/** Reads `A-B`, a range of at least two ports. */
export function portRange(text: string, flag: string): { readonly first: number; readonly last: number } {
  const [, first, last] = /^(\d{1,5})-(\d{1,5})$/u.exec(text) ?? [];
  const range = { first: Number(first), last: Number(last) };
  if (range.first >= 1 && range.first < range.last && range.last <= 65_535) return range;
  throw usage(
    `${flag} must be a range of ports, not "${text.slice(0, 60)}".`,
    'Write for example: --ports 20000-20999',
  );
}

/** Reads the URL of a service: its origin. */
export function serviceUrl(text: string, flag: string): URL {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/u.test(url.protocol) && url.pathname === '/') return url;
  throw usage(
    `${flag} must be the origin of a service, not "${text.slice(0, 60)}".`,
    'Write for example: https://HOST',
  );
}

/** Reads the URL of an OpenID Connect issuer: HTTPS, or on this machine. */
export function issuerUrl(text: string, flag: string): URL {
  const url = URL.parse(text);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) return url;
  throw usage(`${flag} must be an https URL, not "${text.slice(0, 60)}".`, 'Write for example: https://login.example');
}

const isLoopback = (host: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(host);

/** Reads `a,b`: one or more texts. */
export function words(text: string, flag: string): readonly string[] {
  const found = text.split(',').map((one) => one.trim());
  if (found.includes('')) throw usage(`${flag} needs one or more values, separated by commas.`);
  return [...new Set(found)];
}
