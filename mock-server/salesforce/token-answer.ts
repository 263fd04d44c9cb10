/** The token answer as Salesforce gives it (facts, section 2): no `expires_in`, but where the org is and who signed in. */
import { createHmac } from 'node:crypto';
import type { Context } from 'koa';
import { createBoundedMap } from '../bounded-map.ts';
import type { FamilyRecord } from '../token-families/family.ts';
import { browserId, noStore } from './headers.ts';
import type { Org } from './org.ts';
import { answeredScopes } from './scope.ts';

export interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token?: string;
  /** Base64 of HMAC-SHA256 under the consumer secret of `id` and `issued_at`. */
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

/** The fields in the order in which Salesforce has been seen to send them. */
export function tokenAnswer(parts: AnswerParts): TokenAnswer {
  const { family, org, refreshToken, idToken } = parts;
  const id = `${parts.loginUrl}/id/${org.id}/${org.user(family.user).id}`;
  const issuedAt = String(family.issuedAt);
  // An app that was never given a secret has one all the same on the platform; nobody can check what it signs.
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

/** By Accept header: clients send the same one each time. */
const formats = createBoundedMap<string, string>(16);
const LONGEST_REMEMBERED = 256;

function acceptedFormat(ctx: Context): string {
  const header = ctx.get('Accept');
  const known = formats.get(header);
  if (known !== undefined) return known;
  const accepted = ctx.accepts('application/json', 'application/xml', 'application/x-www-form-urlencoded');
  const format = accepted === false ? 'json' : accepted.slice('application/'.length);
  if (header.length <= LONGEST_REMEMBERED) formats.set(header, format);
  return format;
}

/** Writes an answer or an error as JSON, or as `format` (or else the Accept header) asks: `urlencoded`, `xml`. Never as HTML. */
export function writeFields(ctx: Context, fields: object, format: string | null): void {
  const entries = () => Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]);
  switch (format ?? acceptedFormat(ctx)) {
    case 'xml': {
      const elements = entries()
        .map(([name, value]) => `<${name}>${xml(value)}</${name}>`)
        .join('');
      ctx.type = 'application/xml;charset=UTF-8';
      ctx.body = `<?xml version="1.0" encoding="UTF-8"?><OAuth>${elements}</OAuth>`;
      return;
    }
    case 'urlencoded':
    case 'x-www-form-urlencoded':
      ctx.type = 'application/x-www-form-urlencoded;charset=UTF-8';
      ctx.body = new URLSearchParams(entries()).toString();
      return;
    default:
      ctx.type = 'application/json;charset=UTF-8';
      ctx.body = JSON.stringify(fields);
  }
}

/** The answer of the token endpoint when it grants something. */
export function writeAnswer(ctx: Context, answer: object, format: string | null): void {
  noStore(ctx);
  browserId(ctx);
  ctx.status = 200;
  writeFields(ctx, answer, format);
}

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
