/** DPoP at the APIs: a bound token opens something only with a proof of its key (RFC 9449 §7). */
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { readProof } from './proof.ts';

/** The request presents its token as a bound one. */
export const speaksDpop = ({ header }: Exchange): boolean => /^dpop\s/i.test(header('Authorization'));

/**
 * Whether the token may be used so. `nonce`: it might, with a nonce.
 *
 * @param jkt thumbprint that the token is bound to; undefined for a bearer token
 */
export async function judgeUse(
  exchange: Exchange,
  { raw, jkt }: { readonly raw: string; readonly jkt: string | undefined },
  parts: MockContext,
): Promise<'open' | 'shut' | 'nonce'> {
  if (jkt === undefined) return speaksDpop(exchange) ? 'shut' : 'open';
  if (!speaksDpop(exchange)) return 'shut';
  const proof = await readProof(exchange, 'resource', parts, raw);
  if (proof.kind === 'nonce') return 'nonce';
  return proof.kind === 'proven' && proof.jkt === jkt ? 'open' : 'shut';
}
