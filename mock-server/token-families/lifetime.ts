/** Decides when tokens expire, on the mock's clock. Pure. */
import { accessAlive, type FamilyRecord } from './family.ts';

/** Lifetimes of tokens in milliseconds; 0 means that they do not expire. */
export interface Lifetimes {
  readonly accessTokenMs: number;
  /** Counted from the newest rotation. */
  readonly refreshTokenIdleMs: number;
  /** Counted from the login, or from the newest rotation with `expiryRestartsOnRotation`. */
  readonly refreshTokenMs: number;
  readonly expiryRestartsOnRotation: boolean;
}

/** Returns whether a refresh token has expired: it was idle for too long, or its login is too long ago.
 * @param at milliseconds of the epoch */
export function refreshEnded(family: FamilyRecord, lifetimes: Lifetimes, at: number): boolean {
  const { refreshTokenIdleMs: idle, refreshTokenMs: whole } = lifetimes;
  const begun = lifetimes.expiryRestartsOnRotation ? family.issuedAt : family.createdAt;
  return (idle > 0 && at - family.issuedAt >= idle) || (whole > 0 && at - begun >= whole);
}

/** Returns whether an access token is valid: its family is not revoked, it is not revoked itself, and it has not expired.
 * @param at milliseconds of the epoch */
export function accessOpen(
  family: FamilyRecord,
  claims: { readonly generation: number; /** Seconds of the epoch. */ readonly issuedAt: number },
  { accessTokenMs }: Lifetimes,
  at: number,
): boolean {
  const old = accessTokenMs > 0 && at - claims.issuedAt * 1000 >= accessTokenMs;
  return !old && accessAlive(family, claims.generation);
}

/** Returns whether a refresh would currently accept this refresh token.
 * @param at milliseconds of the epoch */
export function refreshOpen(family: FamilyRecord, generation: number, lifetimes: Lifetimes, at: number): boolean {
  return (
    family.state === 'alive' && family.refreshable && generation === family.head && !refreshEnded(family, lifetimes, at)
  );
}
