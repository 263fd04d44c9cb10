/** Decides which addresses the harness's browser may visit and recognizes the mock's. Pure. */

/** Message for an address that is neither the mock's nor on this machine. */
export const ELSEWHERE = 'the harness does not go there';

/** Returns whether a host is a loopback address: 127.0.0.0/8, [::1] or localhost (RFC 8252 §7.3, RFC 6761 §6.3). */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}

/** Returns whether a URL is one of HTTP or HTTPS. */
export function isHttp(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}

/** Returns `url` without query and fragment, as history has it before redaction. */
export function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

/** Returns whether `url` is one of the app's registered redirect URIs; port 0 of a loopback address is any port (RFC 8252 §7.3). */
export function isRegistered(url: URL, redirectUris: readonly string[]): boolean {
  return redirectUris.some((registered) => {
    const known = URL.parse(registered);
    if (known === null) return false;
    if (!isHttp(known)) return withoutQuery(url.href) === withoutQuery(known.href);
    if (known.protocol !== url.protocol || known.pathname !== url.pathname) return false;
    if (isLoopback(known.hostname) && known.port === '0') return isLoopback(url.hostname);
    return known.origin === url.origin;
  });
}

/** Returns whether it carries an authorization response (RFC 6749 §4.1.2, §4.1.2.1), in the query or in the fragment. */
export function isResponse(url: URL): boolean {
  const parameters = [url.searchParams, new URLSearchParams(url.hash.slice(1))];
  return parameters.some((all) => all.has('code') || all.has('error') || all.has('access_token'));
}

/** Returns the URL that a redirect leads to; undefined when `location` is not one. */
export function redirectTarget(status: number, location: string | undefined, base: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
  // Node.js reads header bytes as Latin-1; a Location may be UTF-8.
  return URL.parse(Buffer.from(location, 'latin1').toString('utf8'), base.href) ?? undefined;
}
