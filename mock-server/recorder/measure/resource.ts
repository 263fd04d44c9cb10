/** Measures in which place a resource request carries its access token (RFC 6750 §2). */
import { findCallMarker } from '../../../src/history/call-marker.ts';
import type { ResourceFacts, RevocationFacts } from '../../../src/history/facts.ts';
import type { TokenLookup } from '../exchange.ts';
import { measureProof } from './dpop.ts';
import { measureAccessToken, measureRefreshToken } from './refresh-token.ts';
import { header, mediaType, type ParsedRequest } from '../parsed-request.ts';
import type { SecretRedactor } from '../redaction/redactor.ts';

const NAMES = ['access_token', 'oauth_token'] as const;

interface Found {
  readonly raw: string;
  readonly in: 'header' | 'query' | 'body';
}

function inParameters(parameters: URLSearchParams, place: 'query' | 'body'): Found | undefined {
  for (const name of NAMES) {
    const raw = parameters.get(name);
    if (raw !== null) return { raw, in: place };
  }
  return undefined;
}

function inJson(received: ParsedRequest): Found | undefined {
  if (!mediaType(received)?.endsWith('json')) return undefined;
  try {
    const body = JSON.parse(received.rawBody.toString('utf8')) as Readonly<Record<string, unknown>> | null;
    const raw = NAMES.map((name) => body?.[name]).find((value) => typeof value === 'string');
    return raw === undefined ? undefined : { raw, in: 'body' };
  } catch {
    return undefined;
  }
}

/** Finds the session in the SessionHeader of a SOAP envelope, which counts as a header. */
function inSoap(received: ParsedRequest): Found | undefined {
  if (!mediaType(received)?.endsWith('xml')) return undefined;
  const head = received.rawBody.toString('utf8', 0, 16_384);
  const raw = /<(?:[\w-]{1,32}:)?sessionId(?:\s[^>]{0,256})?>\s*([^<\s]{1,4096})\s*</.exec(head)?.[1];
  return raw === undefined ? undefined : { raw, in: 'header' };
}

function inHeader(received: ParsedRequest): Found | undefined {
  const bearer = /^(?:Bearer|OAuth|Token|DPoP)\s+(\S.*)$/i.exec(header(received, 'authorization') ?? '')?.[1];
  const raw = bearer?.trim() ?? header(received, 'x-sfdc-session');
  return raw === undefined ? undefined : { raw, in: 'header' };
}

/** Finds the access token of a request and its place: `Authorization: Bearer` or `OAuth`, `X-SFDC-Session`, SOAP's SessionHeader, the
 * query, the form or JSON body. When it is in several, the forbidden place is reported. */
export function findAccessToken(received: ParsedRequest): Found | undefined {
  return (
    inParameters(received.query, 'query') ??
    inParameters(received.form, 'body') ??
    inJson(received) ??
    inHeader(received) ??
    inSoap(received)
  );
}

/** Measures an API request: which access token it carries, and in which place. */
export async function measureResource(
  received: ParsedRequest,
  redactor: SecretRedactor,
  book: TokenLookup,
): Promise<ResourceFacts> {
  const found = findAccessToken(received);
  const marker = markerOf(received);
  const proof = await measureProof(received, redactor, found?.raw ?? null);
  return {
    kind: 'resource',
    accessToken: await measureAccessToken(found?.raw ?? null, redactor, book),
    tokenIn: found?.in ?? 'none',
    ...(proof === undefined ? {} : { dpop: proof }),
    ...(marker === undefined ? {} : { marker }),
  };
}

/** Returns the marker of the call that a request belongs to, from any header or query parameter. */
function markerOf({ headers, query }: ParsedRequest): string | undefined {
  for (const [, value] of [...query, ...headers]) {
    const marker = findCallMarker(value);
    if (marker !== undefined) return marker;
  }
  return undefined;
}

/** Measures a revocation request. `token` is a refresh token when the mock issued it as one, or when nothing indicates an access token
 * (RFC 7009 §2.1). */
export async function measureRevocation(
  received: ParsedRequest,
  redactor: SecretRedactor,
  book: TokenLookup,
): Promise<RevocationFacts> {
  const inBody = received.form.get('token');
  const raw = inBody ?? received.query.get('token');
  const access = raw !== null && ((await book.accessToken(raw)) !== null || /^00D\w{12}!/.test(raw));
  return {
    kind: 'revoke',
    refreshToken: access ? null : await measureRefreshToken(raw, redactor, book),
    accessToken: access ? await measureAccessToken(raw, redactor, book) : null,
    tokenIn: raw === null ? 'none' : inBody !== null ? 'body' : 'query',
  };
}
