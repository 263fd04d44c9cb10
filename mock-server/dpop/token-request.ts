/** Applies DPoP at the token endpoint: tokens are bound to the key of a proof (RFC 9449 §5; switch `dpop`). */
import { denial, type Denial } from '../salesforce/denial.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import type { ReplyHeaders } from '../reply.ts';
import { currentNonce } from './nonce.ts';
import { readProof } from './proof.ts';

/** The result of checking a token request's proof. */
export type ProofCheck =
  | { readonly kind: 'refused'; readonly denial: Denial; readonly headers?: ReplyHeaders }
  /** `jkt`: thumbprint of the key that the tokens will be bound to; undefined for bearer tokens. */
  | { readonly kind: 'accepted'; readonly jkt: string | undefined };

const ACCEPTED: ProofCheck = { kind: 'accepted', jkt: undefined };
const refused = (rule: 'dpop-proof' | 'dpop-nonce') => ({ kind: 'refused', denial: denial(rule, rule) }) as const;

/** Checks the proof of a token request before anything is redeemed, so that the client may try again.
 * @param binds whether the tokens will be bound to the key of the proof
 * @param expected thumbprint of the key that the code or token is bound to; undefined: none */
export async function checkProof(
  exchange: Exchange,
  { binds, expected }: { readonly binds: boolean; readonly expected: string | undefined },
  context: MockContext,
): Promise<ProofCheck> {
  const proof = await readProof(exchange, 'token', context);
  if (proof.kind === 'nonce') {
    return { ...refused('dpop-nonce'), headers: { 'DPoP-Nonce': await currentNonce('token', context) } };
  }
  const needed = (context.switches.dpop === 'required' && binds) || expected !== undefined;
  if (proof.kind === 'absent') return needed ? refused('dpop-proof') : ACCEPTED;
  if (proof.kind === 'wrong' || (expected !== undefined && expected !== proof.jkt)) return refused('dpop-proof');
  // A login without a key stays without one: its tokens are bearer tokens.
  return binds ? { kind: 'accepted', jkt: proof.jkt } : ACCEPTED;
}
