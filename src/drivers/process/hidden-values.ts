/** Removes secrets of the client's own environment from the client's output. Pure. */
import { createDisguisedSecrets } from '../../../mock-server/recording.ts';

/** The variables of the client, by their origin. */
export interface HiddenValuesOptions {
  /** Variables that the configuration sets for the client: all their values are searched for. */
  readonly configured: Readonly<Record<string, string>>;
  /** Variables that the client inherits: only those whose names suggest a secret are searched for. */
  readonly inherited: Readonly<Record<string, string | undefined>>;
  /** Variables that the harness itself sets: never hidden here. The consumer secret has its own label. */
  readonly known: Readonly<Record<string, string>>;
}

const SHORTEST = 12;
const SAYS_SECRET = /secret|token|key|password|passwd/i;

/** Returns a function that replaces the values by `$NAME` in client text, also in another form: escaped, in pieces, as numbers. */
export function hideValues({ configured, inherited, known }: HiddenValuesOptions): (text: string) => string {
  const named = Object.entries(inherited).filter(([name]) => SAYS_SECRET.test(name));
  const values = new Map<string, string>();
  const disguised = createDisguisedSecrets();
  for (const [name, value = ''] of [...named, ...Object.entries(configured)]) {
    if (Object.values(known).includes(value)) continue;
    for (const secret of secretsIn(value)) {
      for (const writing of writingsOf(secret)) values.set(writing, `$${name}`);
      disguised.add(secret, `$${name}`);
    }
  }
  // A value may be part of another one.
  const longestFirst = [...values].toSorted(([a], [b]) => b.length - a.length);
  if (longestFirst.length === 0) return (text) => text;
  return (text) => {
    const hidden = longestFirst.reduce((rest, [value, name]) => rest.replaceAll(value, () => name), text);
    return disguised
      .find(hidden)
      .reduceRight((rest, { start, end, label }) => rest.slice(0, start) + label + rest.slice(end), hidden);
  };
}

/** Returns the secrets in a value: the value itself, or the password in a URL; none for a short value or one that is clearly not secret. */
function secretsIn(value: string): readonly string[] {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? URL.parse(value) : undefined;
  if (url !== undefined) return [plain(url?.password ?? '')].filter((password) => password.length >= SHORTEST);
  return value.length < SHORTEST || isNumber(value) || isPath(value) || isWord(value) || isOfOAuth(value)
    ? []
    : [value];
}

/** Returns `text` without percent-encoding, or unchanged when that is invalid. */
function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const isNumber = (value: string): boolean => /^[+-]?[\d.,_\s]+$/.test(value);

/** Returns whether a value is a path: `/usr/bin`, `~/app`, `..\data`, `C:\app`, `config/app.json`. Base64 text with slashes has no file
 * extension. */
const isPath = (value: string): boolean =>
  /^(?:~|\.{1,2})?[\\/]|^[A-Za-z]:[\\/]/.test(value) || /^[\w.-]+(?:[\\/][\w.-]+)+\.\w{1,5}$/.test(value);

/** Endings that every long English word has; a password of letters only nearly always lacks them. */
const ENDINGS =
  /(?:tions?|sions?|ments?|ness|able|ible|ing|ings|ity|ities|isms?|ists?|ous|ives?|ically|ical|ances?|ences?|ships?|wise|iz(?:ed|ing|er|es|e)|at(?:ed|es|e|or|ors)|ers?|ors?|graph(?:y|ic)?|logy|metry|ally|ly|ful|less|hood|ware|base)$/i;

const isWord = (value: string): boolean => /^(?:[A-Za-z][a-z]{11,19}|[A-Z]{12,20})$/.test(value) && ENDINGS.test(value);

/** Returns whether a value is ordinary in requests: `localhost:8080`, `refresh_token`, `api refresh_token web`. */
const isOfOAuth = (value: string): boolean =>
  /^[\w.-]+:\d{2,5}$/.test(value) || value.split(' ').every((word) => OAUTH_WORDS.has(word));

const OAUTH_WORDS: ReadonlySet<string> = new Set(
  'refresh_token authorization_code client_credentials offline_access access_token code_challenge api web full openid id profile email'.split(
    ' ',
  ),
);

function writingsOf(secret: string): ReadonlySet<string> {
  const inJson = JSON.stringify(secret).slice(1, -1);
  const inUrl = encodeURIComponent(secret.toWellFormed());
  return new Set([secret, inJson, inUrl, inUrl.replaceAll('%20', '+')]);
}
