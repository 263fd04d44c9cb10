/** Measures a DPoP proof (RFC 9449 §4) that a request carries. */
import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, compactVerify, EmbeddedJWK } from 'jose';
import type { ProofFacts } from '../../../src/history/facts.ts';
import { header, type ParsedRequest } from '../parsed-request.ts';
import type { SecretRedactor } from '../redaction/redactor.ts';

const LONGEST = 8_192;

/** Resolves with the facts of a proof; undefined when there is none. Its age is not measured.
 * @param accessToken the token of the request, if the proof must name it */
export async function measureProof(
  received: ParsedRequest,
  redactor: SecretRedactor,
  accessToken?: string | null,
): Promise<ProofFacts | undefined> {
  const raw = header(received, 'dpop');
  if (raw === undefined) return undefined;
  const proof = redactor.label('VALUE', raw).label;
  const wrong = { proof, valid: false, key: null, htm: false, htu: false, nonce: false };
  if (raw.length > LONGEST) return wrong;
  try {
    const { payload, protectedHeader } = await compactVerify(raw, EmbeddedJWK);
    const { jwk, typ } = protectedHeader;
    if (jwk === undefined) return wrong;
    const { htm, htu, ath, nonce } = JSON.parse(new TextDecoder().decode(payload)) as Readonly<Record<string, unknown>>;
    return {
      proof,
      valid: typ === 'dpop+jwt',
      key: redactor.label('VALUE', await calculateJwkThumbprint(jwk)).label,
      htm: htm === received.method,
      htu: typeof htu === 'string' && isSameTarget(htu, received),
      ...(typeof accessToken === 'string' && { ath: ath === digest(accessToken) }),
      nonce: typeof nonce === 'string' && nonce !== '',
    };
  } catch {
    return wrong;
  }
}

const digest = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Returns whether `htu` is the host and the path of the request; the scheme cannot be seen behind a proxy. */
function isSameTarget(htu: string, received: ParsedRequest): boolean {
  if (!URL.canParse(htu)) return false;
  const { host, pathname } = new URL(htu);
  return host === header(received, 'host')?.toLowerCase() && pathname === received.path;
}
