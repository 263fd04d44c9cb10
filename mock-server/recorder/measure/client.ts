/** Measures how a client identified itself (RFC 6749 §2.3). */
import { hash, timingSafeEqual } from 'node:crypto';
import type { ClientAuthenticationFacts, SecretPresence } from '../../../src/history/facts.ts';
import { header, type ParsedRequest } from '../parsed-request.ts';

const sha256 = (text: string): Buffer => hash('sha256', text, 'buffer');

/** Compares in constant time; an undefined secret equals nothing. */
export const sameSecret = (given: string | undefined, secret: string | undefined): boolean =>
  given !== undefined && secret !== undefined && timingSafeEqual(sha256(given), sha256(secret));

/** The secrets of an app. */
export interface AppSecrets {
  readonly clientSecret?: string;
  /** A second secret; `alone`: the first is no longer valid. */
  readonly stagedSecret?: { readonly secret: string; readonly alone: boolean } | undefined;
}

/** Returns whether the app currently accepts a secret. */
export const isSecret = (given: string | undefined, { clientSecret, stagedSecret }: AppSecrets): boolean =>
  sameSecret(given, stagedSecret?.secret) || (stagedSecret?.alone !== true && sameSecret(given, clientSecret));

/** The content of `Authorization: Basic`, as sent and form-decoded (RFC 6749 §2.3.1, Appendix B). */
export interface Basic {
  readonly raw: { readonly id: string; readonly secret: string };
  /** Undefined when it is not form-encoded: it has a stray `%`. */
  readonly formDecoded: { readonly id: string; readonly secret: string } | undefined;
}

const formDecode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));

/** Reads the header value; undefined when it is absent or has another scheme. A text without a colon is an id without a password. */
export function readBasic(authorization: string | undefined): Basic | undefined {
  const encoded = /^Basic\s+(.*)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const id = colon < 0 ? text : text.slice(0, colon);
  const secret = colon < 0 ? '' : text.slice(colon + 1);
  try {
    return { raw: { id, secret }, formDecoded: { id: formDecode(id), secret: formDecode(secret) } };
  } catch {
    return { raw: { id, secret }, formDecoded: undefined };
  }
}

/** Returns how a repeated parameter counts: as the worst of its values, in the order wrong, empty, valid. */
function presence(values: readonly string[], app: AppSecrets): SecretPresence {
  if (values.length === 0) return 'absent';
  if (values.some((value) => value !== '' && !isSecret(value, app))) return 'wrong';
  return values.includes('') ? 'empty' : 'valid';
}

function basicEncoding(basic: Basic, app: AppSecrets): 'encoded' | 'raw' | 'either' | undefined {
  const raw = isSecret(basic.raw.secret, app);
  const encoded = basic.formDecoded !== undefined && isSecret(basic.formDecoded.secret, app);
  if (raw && encoded) return 'either';
  return raw ? 'raw' : encoded ? 'encoded' : undefined;
}

/** Measures how a client authenticates.
 * @param app the identifier and secrets of the app */
export function measureClient(
  received: Pick<ParsedRequest, 'form' | 'query' | 'headers'>,
  app: AppSecrets & { readonly clientId: string },
): ClientAuthenticationFacts {
  const authorization = header(received, 'authorization');
  const basic = readBasic(authorization);
  const encoding = basic && basicEncoding(basic, app);
  const assertion = received.form.has('client_assertion') || received.query.has('client_assertion');
  const id = (found: string | null | undefined): found is string => typeof found === 'string' && found !== '';
  const body = received.form.get('client_id');
  const query = received.query.get('client_id');
  const known = (...ids: readonly (string | undefined)[]): boolean => ids.includes(app.clientId);
  return {
    clientId: id(body)
      ? { in: 'body', known: known(body) }
      : basic && id(basic.raw.id)
        ? { in: 'basic', known: known(basic.raw.id, basic.formDecoded?.id) }
        : id(query)
          ? { in: 'query', known: known(query) }
          : { in: assertion ? 'assertion' : 'none', known: false },
    body: presence(received.form.getAll('client_secret'), app),
    query: presence(received.query.getAll('client_secret'), app),
    basic: !basic ? 'absent' : basic.raw.secret === '' ? 'empty' : encoding ? 'valid' : 'wrong',
    ...(encoding ? { basicEncoding: encoding } : {}),
    authorizationScheme: /^([A-Za-z0-9-]{1,32})(?:\s|$)/.exec(authorization ?? '')?.[1]?.toLowerCase() ?? null,
    assertion,
  };
}
