/** Builds token answers like Salesforce: without `expires_in`, but with the org's address and the user's identity URL. */
import { createHmac } from 'node:crypto';
import { createBoundedMap } from '../bounded-map.ts';
import type { FamilyRecord } from '../token-families/family.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { json, type Reply, type ReplyHeaders } from '../reply.ts';
import { browserId, NO_STORE } from './headers.ts';
import type { Org } from './org.ts';
import { answeredScopes } from './scope.ts';

/** The fields of a token answer. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token?: string;
  /** Base64 of the HMAC-SHA256 of `id` and `issued_at` with the consumer secret. */
  readonly signature: string;
  readonly scope: string;
  readonly id_token?: string;
  readonly instance_url: string;
  /** Identity URL. */
  readonly id: string;
  /** `DPoP` for tokens that are bound to a key. */
  readonly token_type: 'Bearer' | 'DPoP';
  /** Milliseconds of the epoch, as text. */
  readonly issued_at: string;
}

/** What a token answer is made of. */
export interface AnswerParts {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly idToken?: string;
  readonly family: FamilyRecord;
  readonly org: Org;
  readonly app: { readonly clientSecret?: string };
  readonly loginUrl: string;
  readonly instanceUrl: string;
}

/** Returns the fields of a token answer in Salesforce's order. */
export function tokenAnswer(parts: AnswerParts): TokenAnswer {
  const { family, org, refreshToken, idToken } = parts;
  const id = `${parts.loginUrl}/id/${org.id}/${org.user(family.user).id}`;
  const issuedAt = String(family.issuedAt);
  // On Salesforce an app always has a secret; the client cannot verify the signature without it.
  const secret = parts.app.clientSecret ?? org.id;
  return {
    access_token: parts.accessToken,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    signature: createHmac('sha256', secret)
      .update(id + issuedAt)
      .digest('base64'),
    scope: answeredScopes(family.scopes),
    ...(idToken !== undefined && { id_token: idToken }),
    instance_url: parts.instanceUrl,
    id,
    token_type: family.jkt === undefined ? 'Bearer' : 'DPoP',
    issued_at: issuedAt,
  };
}

/** Formats by Accept header, because clients send the same one each time. */
const formats = createBoundedMap<string, string>(16);
const LONGEST_REMEMBERED = 256;

function acceptedFormat({ header, accepts }: Exchange): string {
  const accept = header('Accept');
  const known = formats.get(accept);
  if (known !== undefined) return known;
  const accepted = accepts('application/json', 'application/xml', 'application/x-www-form-urlencoded');
  const format = accepted === false ? 'json' : accepted.slice('application/'.length);
  if (accept.length <= LONGEST_REMEMBERED) formats.set(accept, format);
  return format;
}

/** Returns the format that a client requests by the parameter `format`, or else by its Accept header: `json`, `xml`, `urlencoded`. */
export const formatOf = (exchange: Exchange): string =>
  exchange.form.get('format') ?? exchange.query.get('format') ?? acceptedFormat(exchange);

/** Returns fields in a format of the token endpoint: JSON unless it is `xml` or `urlencoded`. Never HTML. */
export function fieldsReply(
  status: number,
  fields: Readonly<Record<string, string | number>>,
  format: string,
  headers: ReplyHeaders,
): Reply {
  const entries = () => Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]);
  switch (format) {
    case 'xml': {
      const elements = entries()
        .map(([name, value]) => `<${name}>${xml(value)}</${name}>`)
        .join('');
      const body = `<?xml version="1.0" encoding="UTF-8"?><OAuth>${elements}</OAuth>`;
      return { status, headers: { ...headers, 'Content-Type': 'application/xml;charset=UTF-8' }, body };
    }
    case 'urlencoded':
    case 'x-www-form-urlencoded': {
      const body = new URLSearchParams(entries()).toString();
      return {
        status,
        headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded;charset=UTF-8' },
        body,
      };
    }
    default:
      return json(status, fields, headers);
  }
}

/** Returns the successful answer of the token endpoint. */
export const tokenReply = (exchange: Exchange, answer: Readonly<Record<string, string | number>>): Reply =>
  fieldsReply(200, answer, formatOf(exchange), { ...NO_STORE, ...browserId() });

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
