/** The cookies of the harness's browser. Their lifetime is measured by a monotonic clock: a login survives a step of the system clock. */
import { Cookie, CookieJar } from 'tough-cookie';

/** What got asks of a jar. */
export interface Jar {
  /** Rejects for what is no cookie, or none for that address. */
  setCookie(raw: string, url: string): Promise<unknown>;
  getCookieString(url: string): Promise<string>;
}

const PAST = new Date(0);

/** Creates an empty jar. */
export function createJar(): Jar {
  const jar = new CookieJar(undefined, { rejectPublicSuffixes: false, allowSpecialUseDomain: true, looseMode: true });
  /** Reading of `performance.now()` at which a cookie ends. */
  const ends = new Map<string, number>();
  const nameOf = ({ domain, path, key }: Cookie) => JSON.stringify([domain, path, key]);
  return {
    async setCookie(raw, url) {
      const cookie = Cookie.parse(raw, { loose: true });
      if (cookie === undefined) throw new TypeError('This is no cookie.');
      // The server that sent it has just read the same clock.
      const lastsMs = (cookie.expiryTime(new Date()) ?? Infinity) - Date.now();
      cookie.maxAge = null;
      cookie.expires = lastsMs > 0 ? 'Infinity' : PAST;
      const kept = await jar.setCookie(cookie, url);
      if (kept !== undefined) ends.set(nameOf(kept), performance.now() + lastsMs);
      return kept;
    },
    async getCookieString(url) {
      const cookies = await jar.getCookies(url);
      return cookies
        .filter((cookie) => (ends.get(nameOf(cookie)) ?? Infinity) > performance.now())
        .map((cookie) => cookie.cookieString())
        .join('; ');
    },
  };
}
