/** Takes secrets of the client's own environment out of what the client writes. Pure. */

export interface HiddenValuesOptions {
  /** Variables that the configuration sets for the client: all of their values are looked at. */
  readonly configured: Readonly<Record<string, string>>;
  /** Variables that it inherits: only those whose names say that they hold a secret. */
  readonly inherited: Readonly<Record<string, string | undefined>>;
  /** What the harness itself gives the client: never hidden here. The secret of the app has a label of its own. */
  readonly known: Readonly<Record<string, string>>;
}

const SHORTEST = 12;
const SAYS_SECRET = /secret|token|key|password|passwd/i;

/** Returns a function that replaces the values by `$NAME` in a text of the client, as they are, percent-encoded or escaped as JSON. */
export function hideValues({ configured, inherited, known }: HiddenValuesOptions): (text: string) => string {
  const named = Object.entries(inherited).filter(([name]) => SAYS_SECRET.test(name));
  const values = new Map<string, string>();
  for (const [name, value = ''] of [...named, ...Object.entries(configured)]) {
    if (Object.values(known).includes(value)) continue;
    for (const secret of secretsIn(value)) for (const writing of writingsOf(secret)) values.set(writing, `$${name}`);
  }
  // A value may be part of another one.
  const longestFirst = [...values].toSorted(([a], [b]) => b.length - a.length);
  return (text) => longestFirst.reduce((hidden, [value, name]) => hidden.replaceAll(value, () => name), text);
}

/** The value itself, or the password in a URL; nothing for what is too short or says what it is. */
function secretsIn(value: string): readonly string[] {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? URL.parse(value) : undefined;
  if (url !== undefined) return [plain(url?.password ?? '')].filter((password) => password.length >= SHORTEST);
  return value.length < SHORTEST || isNumber(value) || isPath(value) || isWord(value) || isOfOAuth(value)
    ? []
    : [value];
}

/** `text` without percent-encoding, or as it is where that is broken. */
function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const isNumber = (value: string): boolean => /^[+-]?[\d.,_\s]+$/.test(value);

/** `/usr/bin`, `~/app`, `..\data`, `C:\app`, `config/app.json`; a base64 text with slashes in it has no ending. */
const isPath = (value: string): boolean =>
  /^(?:~|\.{1,2})?[\\/]|^[A-Za-z]:[\\/]/.test(value) || /^[\w.-]+(?:[\\/][\w.-]+)+\.\w{1,5}$/.test(value);

/** No word of so many letters lacks one of these endings; a password of letters only nearly always does. */
const ENDINGS =
  /(?:tions?|sions?|ments?|ness|able|ible|ing|ings|ity|ities|isms?|ists?|ous|ives?|ically|ical|ances?|ences?|ships?|wise|iz(?:ed|ing|er|es|e)|at(?:ed|es|e|or|ors)|ers?|ors?|graph(?:y|ic)?|logy|metry|ally|ly|ful|less|hood|ware|base)$/i;

const isWord = (value: string): boolean => /^(?:[A-Za-z][a-z]{11,19}|[A-Z]{12,20})$/.test(value) && ENDINGS.test(value);

/** `localhost:8080`, `refresh_token`, `api refresh_token web`: what every request says. */
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
