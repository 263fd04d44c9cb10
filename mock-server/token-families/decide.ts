/** What becomes of one presentation of a refresh token. A pure function: the tokenFamilies makes it atomic. */
import { revoked, type FamilyRecord } from './family.ts';
import { refreshEnded, type Lifetimes, type Locking } from './lifetime.ts';
import type { Preset } from './preset.ts';

const USUAL: Lifetimes & Locking = {
  accessTokenMs: 0,
  refreshTokenIdleMs: 0,
  refreshTokenMs: 0,
  expiryRestartsOnRotation: false,
  inFlightLock: 'token',
  inFlightRevokes: false,
};

/** A lock that outlives its process is ignored after this time. */
export const LOCK_LEASE_MS = 600_000;

export type Decision =
  /** The one winner: `next` is to be stored, then answered. */
  | { readonly outcome: 'rotated'; readonly next: FamilyRecord }
  /** The answer of the winner once more; nothing changes. */
  | { readonly outcome: 'replayed' }
  /** The winner has not been answered yet; nothing changes, unless that ends the family too. */
  | { readonly outcome: 'in-flight'; readonly next?: FamilyRecord }
  /** Rotated out: the whole family ends. */
  | { readonly outcome: 'reuse'; readonly next: FamilyRecord }
  /** The family had ended before, or has just been found to be too old. */
  | { readonly outcome: 'dead' | 'expired' | 'unknown'; readonly next?: FamilyRecord };

/**
 * Decides on the refresh token of `generation` of a family as it is stored now.
 *
 * @param at milliseconds of the epoch
 */
export function decide(
  family: FamilyRecord,
  generation: number,
  preset: Preset,
  at: number,
  rules: Lifetimes & Locking = USUAL,
): Decision {
  if (family.state !== 'alive') return { outcome: family.reason === 'expired' ? 'expired' : 'dead' };
  if (!family.refreshable || generation > family.head) return { outcome: 'unknown' };
  if (refreshEnded(family, rules, at)) return { outcome: 'expired', next: revoked(family, 'expired') };

  const how = whileInFlight(family, generation, preset, at, rules);
  if (how !== undefined) return how === 'refuse' ? inFlight(family, rules) : again(how, family);
  if (generation === family.head) return { outcome: 'rotated', next: rotate(family, generation, preset, at) };
  if (generation < family.head - 1) return again('revoke', family);

  switch (preset.afterwards.kind) {
    case 'revoke':
      return again('revoke', family);
    case 'repeat-within':
      return again(at - family.issuedAt < preset.afterwards.ms ? 'repeat' : 'revoke', family);
    case 'repeat-until-used':
      return again('repeat', family);
  }
}

/** What the lock of an earlier refresh means for this one; undefined: it is free. */
function whileInFlight(
  { inFlight }: FamilyRecord,
  generation: number,
  preset: Preset,
  at: number,
  { inFlightLock }: Locking,
): Preset['whileInFlight'] | undefined {
  if (inFlight === null || inFlightLock === 'off' || at - inFlight.since >= LOCK_LEASE_MS) return undefined;
  if (inFlight.generation === generation) return preset.whileInFlight;
  return inFlightLock === 'family' && preset.whileInFlight === 'refuse' ? 'refuse' : undefined;
}

/** Somebody else is first. Some say that this ends the family, too. */
export function inFlight(family: FamilyRecord, { inFlightRevokes }: Locking): Decision {
  return { outcome: 'in-flight', ...(inFlightRevokes && { next: revoked(family, 'reuse') }) };
}

function again(how: 'repeat' | 'revoke', family: FamilyRecord): Decision {
  return how === 'repeat' ? { outcome: 'replayed' } : { outcome: 'reuse', next: revoked(family, 'reuse') };
}

/** Commits the rotation and takes the lock in one change: there is no moment in between. */
function rotate(family: FamilyRecord, generation: number, preset: Preset, at: number): FamilyRecord {
  return {
    ...family,
    head: preset.rotates ? family.head + 1 : family.head,
    access: family.access + 1,
    inFlight: { generation, since: at },
    issuedAt: at,
  };
}

/** Lets go of the lock that the refresh of `generation` took; a later lock stays. */
export function released(family: FamilyRecord, generation: number): FamilyRecord {
  return family.inFlight?.generation === generation ? { ...family, inFlight: null } : family;
}
