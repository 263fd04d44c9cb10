/** Keeps the cookies of the harness's browser. Their lifetime is measured with a monotonic clock, so a login survives a change of the
 * system clock. */
import { Cookie, CookieJar } from 'tough-cookie';

/** The part of a cookie jar that got needs. */
export interface Jar {
  /** Rejects for an invalid cookie or one that is not valid for the address. */
  setCookie(raw: string, url: string): Promise<unknown>;
  getCookieString(url: string): Promise<string>;
}

const PAST = new Date(0);

/** Creates an empty jar. */
export function createJar(): Jar {
  const jar = new CookieJar(undefined, { rejectPublicSuffixes: false, allowSpecialUseDomain: true, looseMode: true });
  /** Value of `performance.now()` at which each cookie expires. */
  const ends = new Map<string, number>();
  const nameOf = ({ domain, path, key }: Cookie) => JSON.stringify([domain, path, key]);
  return {
    async setCookie(raw, url) {
      const cookie = Cookie.parse(raw, { loose: true });
      if (cookie === undefined) throw new TypeError('This is no cookie.');
      // The server that set it has just read the same clock.
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
