/** Issues nonces for DPoP proofs (RFC 9449 §8, §9): one for the token endpoint and one for the APIs, each with a limited lifetime. */
import { randomBytes } from 'node:crypto';
import type { MockContext } from '../context.ts';

/** The server that a nonce is for: authorization server or resource server. */
export type Realm = 'token' | 'resource';

/** How long a nonce is issued, in milliseconds; it stays valid for the same time afterwards. */
const FRESH_MS = 300_000;

interface Nonces {
  readonly current: string;
  readonly before: string;
  readonly at: number;
  readonly [name: string]: unknown;
}

/** Resolves with the current nonce. */
export async function currentNonce(realm: Realm, context: Pick<MockContext, 'models' | 'clock'>): Promise<string> {
  return (await nonces(realm, context)).current;
}

/** Resolves with whether a proof may carry a nonce. */
export async function isNonce(
  given: unknown,
  realm: Realm,
  context: Pick<MockContext, 'models' | 'clock'>,
): Promise<boolean> {
  const { current, before } = await nonces(realm, context);
  return typeof given === 'string' && given !== '' && (given === current || given === before);
}

/** Reads the nonces and renews old ones. */
async function nonces(realm: Realm, { models, clock }: Pick<MockContext, 'models' | 'clock'>): Promise<Nonces> {
  const kept = (await models.get('DpopNonce', realm)) as Nonces | undefined;
  const at = clock();
  if (kept !== undefined && at - kept.at < FRESH_MS) return kept;
  const before = kept !== undefined && at - kept.at < 2 * FRESH_MS ? kept.current : '';
  const next: Nonces = { current: randomBytes(24).toString('base64url'), before, at };
  await models.put('DpopNonce', realm, next, (2 * FRESH_MS) / 1000);
  return next;
}
