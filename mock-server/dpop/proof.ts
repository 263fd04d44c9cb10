/** Verifies DPoP proofs (RFC 9449 §4.3): a JWT in the header `DPoP`, signed with the key that it carries. A repeated `jti` is accepted. */
import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose';
import { DPOP_ALGORITHMS } from '../salesforce/discovery.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { isNonce, type Realm } from './nonce.ts';

/** Lifetime of a proof in seconds; clocks may differ as much as for assertions. */
const AGE_SECONDS = 300;
const TOLERANCE_SECONDS = 180;
const LONGEST = 8_192;

/** The result of verifying a proof. */
export type Proof =
  /** The key's thumbprint (RFC 7638). */
  | { readonly kind: 'proven'; readonly jkt: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'wrong' }
  /** Only the nonce is missing or wrong. */
  | { readonly kind: 'nonce' };

/** Reads the proof of a request.
 * @param accessToken token that the proof must name; at the APIs only */
export async function readProof(
  { header, method, path }: Exchange,
  realm: Realm,
  context: MockContext,
  accessToken?: string,
): Promise<Proof> {
  const raw = header('DPoP');
  if (raw === '') return { kind: 'absent' };
  // A header that was sent twice is joined by a comma and therefore not a JWT (RFC 9449 §4.3).
  if (raw.length > LONGEST) return { kind: 'wrong' };
  try {
    const { payload, protectedHeader } = await jwtVerify(raw, EmbeddedJWK, {
      algorithms: [...DPOP_ALGORITHMS],
      typ: 'dpop+jwt',
      // The client used this machine's clock.
      currentDate: new Date(context.clock() + context.machineAheadMs()),
      maxTokenAge: AGE_SECONDS,
      clockTolerance: TOLERANCE_SECONDS,
      requiredClaims: ['jti', 'htm', 'htu', 'iat'],
    });
    const { htm, htu, ath, nonce } = payload;
    const named = htm === method && typeof htu === 'string' && sameUrl(htu, originOf(context) + path);
    const bound = accessToken === undefined || ath === digest(accessToken);
    if (!named || !bound || protectedHeader.jwk === undefined) return { kind: 'wrong' };
    if (context.switches.dpopNonce && !(await isNonce(nonce, realm, context))) return { kind: 'nonce' };
    return { kind: 'proven', jkt: await calculateJwkThumbprint(protectedHeader.jwk) };
  } catch {
    return { kind: 'wrong' };
  }
}

const digest = (token: string) => createHash('sha256').update(token).digest('base64url');

/** Returns the origin that the client sends its requests to. */
const originOf = ({ host, issuer, instanceUrl }: MockContext) => (host === 'instance' ? instanceUrl : issuer);

/** Returns whether two URLs are equal without query and fragment. */
function sameUrl(given: string, expected: string): boolean {
  if (!URL.canParse(given)) return false;
  const { origin, pathname } = new URL(given);
  return origin + pathname === new URL(expected).href;
}
