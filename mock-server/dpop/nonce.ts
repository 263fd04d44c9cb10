/** Nonces that proofs of possession have to carry (RFC 9449 §8, §9): one for the token endpoint and one for the APIs, each good for a while. */
import { randomBytes } from 'node:crypto';
import type { MockContext } from '../context.ts';

export type Realm = 'token' | 'resource';

/** After so long a new nonce is given out; the one before is good for as long again. */
const FRESH_MS = 300_000;

interface Nonces {
  readonly current: string;
  readonly before: string;
  readonly at: number;
  readonly [name: string]: unknown;
}

/** The nonce to be used now. */
export async function currentNonce(realm: Realm, parts: Pick<MockContext, 'models' | 'clock'>): Promise<string> {
  return (await nonces(realm, parts)).current;
}

/** Whether a proof may carry it. */
export async function isNonce(
  given: unknown,
  realm: Realm,
  parts: Pick<MockContext, 'models' | 'clock'>,
): Promise<boolean> {
  const { current, before } = await nonces(realm, parts);
  return typeof given === 'string' && given !== '' && (given === current || given === before);
}

/** When two instances renew it at once, whoever holds the other's is asked once more. */
async function nonces(realm: Realm, { models, clock }: Pick<MockContext, 'models' | 'clock'>): Promise<Nonces> {
  const kept = (await models.get('DpopNonce', realm)) as Nonces | undefined;
  const at = clock();
  if (kept !== undefined && at - kept.at < FRESH_MS) return kept;
  const before = kept !== undefined && at - kept.at < 2 * FRESH_MS ? kept.current : '';
  const next: Nonces = { current: randomBytes(24).toString('base64url'), before, at };
  await models.put('DpopNonce', realm, next, (2 * FRESH_MS) / 1000);
  return next;
}
