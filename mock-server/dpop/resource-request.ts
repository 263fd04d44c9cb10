/** DPoP at the APIs: a bound token opens something only with a proof of its key (RFC 9449 §7). */
import type { Context } from 'koa';
import type { MockContext } from '../context.ts';
import { readProof } from './proof.ts';

/** The request presents its token as a bound one. */
export const speaksDpop = (ctx: Context): boolean => /^dpop\s/i.test(ctx.get('Authorization'));

/**
 * Whether the token may be used so. `nonce`: it might, with a nonce.
 *
 * @param jkt thumbprint that the token is bound to; undefined for a bearer token
 */
export async function judgeUse(
  ctx: Context,
  { raw, jkt }: { readonly raw: string; readonly jkt: string | undefined },
  parts: MockContext,
): Promise<'open' | 'shut' | 'nonce'> {
  if (jkt === undefined) return speaksDpop(ctx) ? 'shut' : 'open';
  if (!speaksDpop(ctx)) return 'shut';
  const proof = await readProof(ctx, 'resource', parts, raw);
  if (proof.kind === 'nonce') return 'nonce';
  return proof.kind === 'proven' && proof.jkt === jkt ? 'open' : 'shut';
}
