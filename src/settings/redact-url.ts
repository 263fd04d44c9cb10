/** Removes credentials from URLs that are written to reports and histories. */
import { isTemplate } from '../../suites/settings/placeholder.ts';

const MARK = '***';

/** Names of parameters whose values are credentials. */
const NAMES = /pass|pwd|secret|token|key|code|sig|auth|cred|session|sid|jwt|assertion/i;

/** Matches the user before the host, as in `https://user:password@host/`. */
const USER = /^([a-z][\w+.-]*:\/\/)([^/?#@]+)@(?=[^/?#@])/i;

/** Returns the URL without the user before its host, without values of parameters that are credentials by name or look random, and without
 * random parts of its path. The same credentials always give the same text, so that two URLs can be compared after redaction. */
export function redactUrl(url: string): string {
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(url) ?? [];
  return (
    path
      .replace(USER, (whole, scheme: string, user: string) => (isTemplate(user) ? whole : `${scheme}${MARK}@`))
      .replace(/[^/]+/g, (part) => (isRandom(part, 24) ? MARK : part)) +
    rest.replace(
      /([?#&;]?)([^?#&;=]*)(=?)([^?#&;]*)/g,
      (whole, sign: string, name: string, equals: string, value: string) => {
        if (equals === '') return isRandom(name, 16) ? sign + MARK : whole;
        const isCredential = value !== '' && !isTemplate(value) && (NAMES.test(name) || isRandom(value, 16));
        return isCredential ? `${sign}${name}=${MARK}` : whole;
      },
    )
  );
}

/** Returns whether a text mixes letters and digits, at least `length` of them, and is not a UUID. */
function isRandom(text: string, length: number): boolean {
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) || isTemplate(text)) return false;
  return (
    new RegExp(`[\\w.~%+-]{${String(length)}}`).test(text) &&
    /\d/.test(text) &&
    /[a-z]/i.test(text) &&
    !/[a-z]+-[a-z]+-[a-z]+/i.test(text)
  );
}
