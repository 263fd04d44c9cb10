/** When tokens end by themselves, on the mock's clock. Pure. */
import type { Switches } from '../policy/switches.ts';
import { accessAlive, type FamilyRecord } from './family.ts';

/** In milliseconds; 0: no end. */
export type Lifetimes = Pick<
  Switches,
  'accessTokenMs' | 'refreshTokenIdleMs' | 'refreshTokenMs' | 'expiryRestartsOnRotation'
>;

/** What a refresh that is on its way keeps others from. */
export type Locking = Pick<Switches, 'inFlightLock' | 'inFlightRevokes'>;

/** The refresh token was not used for too long, or its login is too long ago.
 * @param at milliseconds of the epoch */
export function refreshEnded(family: FamilyRecord, lifetimes: Lifetimes, at: number): boolean {
  const { refreshTokenIdleMs: idle, refreshTokenMs: whole } = lifetimes;
  const begun = lifetimes.expiryRestartsOnRotation ? family.issuedAt : family.createdAt;
  return (idle > 0 && at - family.issuedAt >= idle) || (whole > 0 && at - begun >= whole);
}

/** An access token opens something: its family lives, it was not ended, and it is not too old. */
export function accessOpen(
  family: FamilyRecord,
  mark: { readonly generation: number; /** Seconds of the epoch. */ readonly issuedAt: number },
  { accessTokenMs }: Lifetimes,
  at: number,
): boolean {
  const old = accessTokenMs > 0 && at - mark.issuedAt * 1000 >= accessTokenMs;
  return !old && accessAlive(family, mark.generation);
}

/** A refresh token is the one that would be taken now. */
export function refreshOpen(family: FamilyRecord, generation: number, lifetimes: Lifetimes, at: number): boolean {
  return (
    family.state === 'alive' && family.refreshable && generation === family.head && !refreshEnded(family, lifetimes, at)
  );
}
