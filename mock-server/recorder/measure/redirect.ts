/** Compares redirect URIs (RFC 9700 §2.1: byte for byte; RFC 8252 §7.3: loopback addresses without the port). */

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(?::\d{1,5})?(?=[/?]|$)/;

/** Returns a loopback address without its port; undefined for other addresses. */
const portless = (uri: string): string | undefined =>
  LOOPBACK.test(uri) ? uri.replace(LOOPBACK, (_, host: string) => `http://${host}`) : undefined;

/** Returns whether port 0 of a registered loopback address allows any port. */
const anyPort = (uri: string): boolean => /^http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost):0(?=[/?]|$)/.test(uri);

/** Measures a redirect URI.
 * @param registered the app's redirect URIs; port 0 of a loopback address allows any port */
export function measureRedirect(
  given: string | null,
  registered: readonly string[],
): 'exact' | 'loopback-port' | 'mismatch' | 'absent' {
  if (given === null || given === '') return 'absent';
  if (registered.includes(given)) return 'exact';
  const mine = portless(given);
  const matches = mine !== undefined && registered.some((uri) => anyPort(uri) && portless(uri) === mine);
  return matches ? 'loopback-port' : 'mismatch';
}
