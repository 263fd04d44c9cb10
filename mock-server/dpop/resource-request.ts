/** Applies DPoP at the APIs: a bound token is accepted only with a proof of its key (RFC 9449 §7). */
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { readProof } from './proof.ts';

/** Returns whether a request sends its token with the scheme `DPoP`. */
export const speaksDpop = ({ header }: Exchange): boolean => /^dpop\s/i.test(header('Authorization'));

/** Decides whether a token is accepted. `nonce`: it would be accepted with a nonce.
 * @param jkt thumbprint that the token is bound to; undefined for a bearer token */
export async function judgeUse(
  exchange: Exchange,
  { raw, jkt }: { readonly raw: string; readonly jkt: string | undefined },
  context: MockContext,
): Promise<'open' | 'shut' | 'nonce'> {
  if (jkt === undefined) return speaksDpop(exchange) ? 'shut' : 'open';
  if (!speaksDpop(exchange)) return 'shut';
  const proof = await readProof(exchange, 'resource', context, raw);
  if (proof.kind === 'nonce') return 'nonce';
  return proof.kind === 'proven' && proof.jkt === jkt ? 'open' : 'shut';
}
