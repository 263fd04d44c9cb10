/** DPoP at the token endpoint: tokens that are bound to the key of a proof (RFC 9449 §5; switch `dpop`). */
import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import { denial, type Denial } from '../salesforce/denial.ts';
import type { MockContext } from '../context.ts';
import { currentNonce } from './nonce.ts';
import { readProof } from './proof.ts';

/** Codes whose authorization request named a key are kept for so long. */
const codeSeconds = ({ switches }: MockContext) => Math.ceil(switches.codeMs / 1000) + 1;
const digest = (code: string) => createHash('sha256').update(code).digest('hex');

/** Remembers the key that an authorization request named (`dpop_jkt`, RFC 9449 §10). */
export async function rememberKey(code: string, jkt: unknown, parts: MockContext): Promise<void> {
  if (parts.switches.dpop === 'off' || typeof jkt !== 'string' || jkt === '') return;
  await parts.models.put('DpopKey', digest(code), { jkt: jkt.slice(0, 64) }, codeSeconds(parts));
}

export interface Redeemed {
  /** Of a code exchange. */
  readonly code: string | null;
  /** Of a refresh. */
  readonly refreshToken: string | null;
}

/** What is wrong with the proof of a code exchange or a refresh; undefined: nothing. Asked before anything is redeemed, so that the client
 * may try again. The thumbprint of the proven key is `provenKey` from then on. */
export async function judgeProof(
  ctx: Context,
  redeemed: Redeemed | undefined,
  parts: MockContext,
): Promise<Denial | undefined> {
  if (parts.switches.dpop === 'off' || redeemed === undefined) return undefined;
  const proof = await readProof(ctx, 'token', parts);
  if (proof.kind === 'nonce') {
    ctx.set('DPoP-Nonce', await currentNonce('token', parts));
    return denial('dpop-nonce', 'dpop-nonce');
  }
  const expected = await boundKey(redeemed, parts);
  const needed = (parts.switches.dpop === 'required' && redeemed.code !== null) || expected !== undefined;
  if (proof.kind === 'absent') return needed ? denial('dpop-proof', 'dpop-proof') : undefined;
  if (proof.kind === 'wrong' || (expected !== undefined && expected !== proof.jkt)) {
    return denial('dpop-proof', 'dpop-proof');
  }
  // A login without a key stays without one: its tokens are bearer tokens for as long as it lives.
  if (redeemed.code !== null) ctx.state['provenKey'] = proof.jkt;
  return undefined;
}

/** The thumbprint that the tokens of this code exchange are bound to. */
export function provenKey(ctx: Context): string | undefined {
  const jkt: unknown = ctx.state['provenKey'];
  return typeof jkt === 'string' ? jkt : undefined;
}

async function boundKey({ code, refreshToken }: Redeemed, parts: MockContext): Promise<string | undefined> {
  if (code !== null) {
    const jkt = (await parts.models.get('DpopKey', digest(code)))?.['jkt'];
    return typeof jkt === 'string' ? jkt : undefined;
  }
  const mark = refreshToken === null ? null : parts.tokenCodec.readRefreshToken(refreshToken);
  return mark === null ? undefined : (await parts.tokenFamilies.read(mark.family))?.jkt;
}
