/** Signs `run-begin`, to show which installation began a run that never ended. */
import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { publicKeyOf } from '../../reports/integrity/signature.ts';
import type { Event, RunBegin } from '../history/event.ts';

/** Returns the event with the signature of `key` over all its other fields. */
export function signBegin(begin: RunBegin, key: KeyObject): RunBegin {
  const signature = sign(null, signedText(begin), key).toString('base64');
  return { ...begin, signature: { algorithm: 'Ed25519', publicKey: publicKeyOf(key), value: signature } };
}

/** Returns whether `key` signed this event. */
export function isBegunWith(key: KeyObject, begin: Event | undefined): boolean {
  if (begin?.kind !== 'run-begin' || begin.signature === undefined) return false;
  return verify(null, signedText(begin), createPublicKey(key), Buffer.from(begin.signature.value, 'base64'));
}

/** Returns the text to sign: a prefix, so that no other signature can be confused with this one, and the fields of the event without its
 * envelope as JSON. */
function signedText(begin: RunBegin | (Event & { readonly kind: 'run-begin' })): Buffer {
  const envelope = { seq: undefined, t: undefined, scenario: undefined, prev: undefined };
  return Buffer.from(`sf-conformance-run-begin/1\n${JSON.stringify({ ...begin, ...envelope, signature: undefined })}`);
}
