/** DPoP (RFC 9449) on top of a client: a key of its own, a proof for each request, the nonces that servers ask for. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiRequest } from './call.ts';
import { send, type HttpAnswer, type HttpRequest } from './http.ts';
import type { Behaviours } from './parts.ts';

/** What a proof says. */
export interface Claims {
  readonly htm: string;
  readonly htu: string;
  readonly ath?: string | undefined;
  readonly nonce?: string | undefined;
}

export interface DpopParts {
  readonly loadKey: () => KeyObject;
  /** Makes the proof of a request. */
  readonly prove: (claims: Claims, key: KeyObject) => string;
  /** Proofs that a challenge for a nonce leads to, in order. Default: one with the nonce. */
  readonly answers: (nonce: string) => readonly (string | undefined)[];
}

/** The key of the connection, kept beside its tokens. */
export function storedKey(): KeyObject {
  const folder = process.env['SF_STATE_DIR'] ?? '.';
  const file = join(folder, 'dpop-key.json');
  if (existsSync(file)) {
    return createPrivateKey({ key: JSON.parse(readFileSync(file, 'utf8')) as JsonWebKey, format: 'jwk' });
  }
  const key = newKey();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify(key.export({ format: 'jwk' })), { mode: 0o600 });
  return key;
}

/** A key that nothing has used yet. */
export const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

/** A signed proof with an id of its own and the time of this moment (RFC 9449 §4.2). */
export function prove(claims: Claims, key: KeyObject): string {
  const jwk = createPublicKey(key).export({ format: 'jwk' });
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = { ...claims, jti: randomUUID(), iat: Math.floor(Date.now() / 1000) };
  const text = `${part({ typ: 'dpop+jwt', alg: 'ES256', jwk })}.${part(payload)}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

/** Returns the behaviours of a client that binds its tokens to a key. */
export function withDpop(parts: Partial<DpopParts> = {}): Pick<Behaviours, 'send' | 'apiRequest'> {
  const { loadKey = storedKey, prove: proveIt = prove, answers = (nonce: string) => [nonce] } = parts;
  const nonces = new Map<string, string>();
  let key: KeyObject | undefined;
  const once = async (request: HttpRequest, nonce: string | undefined): Promise<HttpAnswer> => {
    const { origin, pathname } = new URL(request.url);
    const token = /^DPoP (.+)$/u.exec(request.headers['authorization'] ?? '')?.[1];
    const ath = token === undefined ? undefined : createHash('sha256').update(token).digest('base64url');
    key ??= loadKey();
    const dpop = proveIt({ htm: request.method, htu: origin + pathname, ath, nonce }, key);
    const answer = await send({ ...request, headers: { ...request.headers, dpop } });
    const given = answer.headers.get('dpop-nonce');
    if (given !== null) nonces.set(origin, given);
    return answer;
  };
  return {
    send: async (request, purpose) => {
      if (purpose === 'revoke') return send(request);
      const { origin } = new URL(request.url);
      let answer = await once(request, nonces.get(origin));
      if (!answer.text.includes('use_dpop_nonce')) return answer;
      for (const nonce of answers(nonces.get(origin) ?? '')) {
        answer = await once(request, nonce);
        if (!answer.text.includes('use_dpop_nonce')) break;
      }
      return answer;
    },
    apiRequest: (tokens, env) => ({
      ...apiRequest(tokens, env),
      headers: { authorization: `DPoP ${tokens.accessToken}` },
    }),
  };
}
