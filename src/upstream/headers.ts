/** Forwards headers like a gateway (RFC 9110 §7.6): connection headers are removed, and each side sees its own host. */
import type { ReplyHeaders } from '../../mock-server/gateway.ts';

/** Connection headers (RFC 9110 §7.6.1), and those that the gateway sets itself. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade', 'expect'],
]);

/** Headers of other gateways describe the client's own network; the org does not need them. */
const OF_OTHER_GATEWAYS = /^(?:forwarded|x-forwarded-.*|x-real-ip|via)$/;

const NOT_FORWARDED: ReadonlySet<string> = new Set([
  ...['host', 'content-length', 'accept-encoding', 'cookie', 'x-sf-conformance-browser'],
]);

/** Prefix of the org's cookies on the way to the client: cookies ignore ports, and a plain `sid` could end the session of another
 * application on this machine. */
const COOKIE_PREFIX = 'sf-org-';

/** Cookies that clients set themselves from the session id of a token answer. */
const OWN_COOKIES: ReadonlySet<string> = new Set(['sid', 'sid_Client', 'oid']);

/** A request of the client to convert. */
export interface ForwardedRequest {
  /** Names and values in order, as the client sent them. */
  readonly headers: readonly (readonly [string, string])[];
  /** Length of the body in bytes when known; undefined: as the client announced, or in chunks. */
  readonly length: number | undefined;
  /** Whether the body was decompressed when it was read. */
  readonly decompressed: boolean;
  readonly toUpstream: (text: string) => string;
}

/** Returns the headers of a request to the org, alternating names and values. The caller sets `Host`. */
export function requestHeaders({ headers, length, decompressed, toUpstream }: ForwardedRequest): string[] {
  const named = new Set(
    headers
      .filter(([name]) => name.toLowerCase() === 'connection')
      .flatMap(([, value]) => value.split(',').map((one) => one.trim().toLowerCase())),
  );
  const out: string[] = [];
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (OF_CONNECTION.has(key) || named.has(key) || NOT_FORWARDED.has(key) || OF_OTHER_GATEWAYS.test(key)) continue;
    if (decompressed && key === 'content-encoding') continue;
    out.push(name, key === 'origin' || key === 'referer' ? toUpstream(value) : value);
  }
  const announced = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1];
  const size = length === undefined ? announced : String(length);
  if (size !== undefined && (length !== 0 || announced !== undefined)) out.push('Content-Length', size);
  const cookies = headers.flatMap(([name, value]) => (name.toLowerCase() === 'cookie' ? cookiesForOrg(value) : []));
  if (cookies.length > 0) out.push('Cookie', cookies.join('; '));
  // Answers are read here, so they must not be compressed (RFC 9110 §12.5.3); a gateway names itself (§7.6.3).
  out.push('Accept-Encoding', 'identity', 'Via', '1.1 sf-conformance');
  return out;
}

/** Returns the cookies of the org without the prefix; cookies of applications on this machine are left out. */
function cookiesForOrg(value: string): readonly string[] {
  return value
    .split(';')
    .map((pair) => pair.trim())
    .flatMap((pair) => {
      if (pair.startsWith(COOKIE_PREFIX)) return [pair.slice(COOKIE_PREFIX.length)];
      return OWN_COOKIES.has(pair.split('=')[0] ?? '') ? [pair] : [];
    });
}

/** Returns a cookie of the org for the client: with the prefix, for the local origin, and without `Secure` when the client uses plain
 * HTTP. */
export function cookieForClient(cookie: string, secure: boolean): string {
  const [pair = '', ...attributes] = cookie.split(';').map((part) => part.trim());
  const kept = attributes.filter((one) => {
    const name = one.split('=')[0]?.toLowerCase();
    return name !== 'domain' && (secure || (name !== 'secure' && one.toLowerCase() !== 'samesite=none'));
  });
  // The prefixes of RFC 6265bis §4.1.3 stay first only for secure cookies.
  return [COOKIE_PREFIX + pair, ...kept].join('; ');
}

/** Headers of an answer to convert. */
export interface AnsweredHeaders {
  /** Alternating names and values, as the org sent them. */
  readonly raw: readonly string[];
  /** Whether the client uses TLS to connect to the gateway. */
  readonly secure: boolean;
  /** Whether the body is forwarded unchanged. */
  readonly unchanged: boolean;
}

/** Returns the headers of an answer for the client. `Location` is not converted. */
export function replyHeaders({ raw, secure, unchanged }: AnsweredHeaders): ReplyHeaders {
  const out: Record<string, string | string[]> = {};
  const names = new Map<string, string>();
  const dropped = new Set(
    pairsOf(raw)
      .filter(([name]) => name.toLowerCase() === 'connection')
      .flatMap(([, value]) => value.split(',').map((one) => one.trim().toLowerCase())),
  );
  for (const [name, value] of pairsOf(raw)) {
    const key = name.toLowerCase();
    // HSTS and alternative services of the org's host do not apply to a port of this machine.
    if (OF_CONNECTION.has(key) || dropped.has(key) || key === 'strict-transport-security' || key === 'alt-svc')
      continue;
    if (!unchanged && (key === 'content-length' || key === 'content-encoding')) continue;
    const shown = names.get(key) ?? name;
    names.set(key, shown);
    const content = key === 'set-cookie' ? cookieForClient(value, secure) : value;
    const before = out[shown];
    out[shown] = before === undefined ? content : [before, content].flat();
  }
  return out;
}

/** Returns names and values in pairs. */
export function pairsOf(raw: readonly string[]): readonly (readonly [string, string])[] {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []));
}

/** Returns header names in lower case, each once, in alphabetical order; names that look random are left out. */
export const namesOf = (raw: readonly string[]): readonly string[] =>
  [...new Set(pairsOf(raw).map(([name]) => name.toLowerCase()))]
    .filter((name) => /^[a-z][a-z-]{1,39}$/.test(name))
    .sort()
    .slice(0, 60);
