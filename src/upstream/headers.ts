/** Headers as a gateway passes them on (RFC 9110 §7.6): those of one connection stay behind, and each side sees its own host. */
import type { ReplyHeaders } from '../../mock-server/gateway.ts';

/** Headers of one connection (RFC 9110 §7.6.1), and those that a gateway sets itself. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade', 'expect'],
]);

/** What earlier gateways say of the client: it is the client's own network, and nothing that the org asked for. */
const OF_OTHER_GATEWAYS = /^(?:forwarded|x-forwarded-.*|x-real-ip|via)$/;

const NOT_FORWARDED: ReadonlySet<string> = new Set([
  ...['host', 'content-length', 'accept-encoding', 'cookie', 'x-sf-conformance-browser'],
]);

/** Cookies of the org get this prefix on the way to the client: cookies ignore ports, and a plain `sid` could log an application of this machine out. */
const COOKIE_PREFIX = 'sf-org-';

/** Cookies that clients set by themselves, from the session id of a token answer. */
const OWN_COOKIES: ReadonlySet<string> = new Set(['sid', 'sid_Client', 'oid']);

export interface ForwardedRequest {
  /** As the client sent them: names and values in order. */
  readonly headers: readonly (readonly [string, string])[];
  /** Bytes of the body where they are known; undefined: as the client announced, or in chunks. */
  readonly length: number | undefined;
  /** The body was decompressed when it was read. */
  readonly decompressed: boolean;
  readonly toUpstream: (text: string) => string;
}

/** Returns the headers of a request to the org, as a flat list of names and values. The caller sets `Host`. */
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
  // Answers are read on their way (RFC 9110 §12.5.3); a gateway names itself (§7.6.3).
  out.push('Accept-Encoding', 'identity', 'Via', '1.1 sf-conformance');
  return out;
}

/** Returns the cookies that belong to the org, without the prefix; cookies of applications on this machine stay here. */
function cookiesForOrg(value: string): readonly string[] {
  return value
    .split(';')
    .map((pair) => pair.trim())
    .flatMap((pair) => {
      if (pair.startsWith(COOKIE_PREFIX)) return [pair.slice(COOKIE_PREFIX.length)];
      return OWN_COOKIES.has(pair.split('=')[0] ?? '') ? [pair] : [];
    });
}

/** Returns a cookie of the org as the client gets it: with the prefix, for the local origin, and over plain HTTP too where that is what the client uses. */
export function cookieForClient(cookie: string, secure: boolean): string {
  const [pair = '', ...attributes] = cookie.split(';').map((part) => part.trim());
  const kept = attributes.filter((one) => {
    const name = one.split('=')[0]?.toLowerCase();
    return name !== 'domain' && (secure || (name !== 'secure' && one.toLowerCase() !== 'samesite=none'));
  });
  // The prefixes of RFC 6265bis §4.1.3 stay in front only where the cookie is secure.
  return [COOKIE_PREFIX + pair, ...kept].join('; ');
}

export interface AnsweredHeaders {
  /** As the org sent them: names and values in turn. */
  readonly raw: readonly string[];
  /** The client speaks TLS to us. */
  readonly secure: boolean;
  /** The body is passed on byte by byte. */
  readonly unchanged: boolean;
}

/** Returns the headers of an answer as the client gets them. `Location` is as the org sent it. */
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
    // What holds for the org's host does not hold for a port of this machine.
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

/** Returns the names of headers in lower case, each once, in alphabetical order; what looks made up is left out. */
export const namesOf = (raw: readonly string[]): readonly string[] =>
  [...new Set(pairsOf(raw).map(([name]) => name.toLowerCase()))]
    .filter((name) => /^[a-z][a-z-]{1,39}$/.test(name))
    .sort()
    .slice(0, 60);
