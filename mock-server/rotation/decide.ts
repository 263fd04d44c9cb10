/** What becomes of one presentation of a refresh token. A pure function: the ledger makes it atomic. */
import { revoked, type FamilyRecord } from './family.ts';
import { refreshEnded, type Lifetimes } from './lifetime.ts';
import type { Preset } from './preset.ts';

const ENDLESS: Lifetimes = {
  accessTokenMs: 0,
  refreshTokenIdleMs: 0,
  refreshTokenMs: 0,
  expiryRestartsOnRotation: false,
};

/** A lock that outlives its process is ignored after this time. */
export const LOCK_LEASE_MS = 600_000;

export type Decision =
  /** The one winner: `next` is to be stored, then answered. */
  | { readonly outcome: 'rotated'; readonly next: FamilyRecord }
  /** The answer of the winner once more; nothing changes. */
  | { readonly outcome: 'replayed' }
  /** The winner has not been answered yet; nothing changes. */
  | { readonly outcome: 'in-flight' }
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
  lifetimes: Lifetimes = ENDLESS,
): Decision {
  if (family.state !== 'alive') return { outcome: family.reason === 'expired' ? 'expired' : 'dead' };
  if (!family.refreshable || generation > family.head) return { outcome: 'unknown' };
  if (refreshEnded(family, lifetimes, at)) return { outcome: 'expired', next: revoked(family, 'expired') };

  const lock = family.inFlight;
  const inFlight = lock?.generation === generation && at - lock.since < LOCK_LEASE_MS;
  if (inFlight) return again(preset.whileInFlight, family);
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

function again(how: Preset['whileInFlight'], family: FamilyRecord): Decision {
  switch (how) {
    case 'refuse':
      return { outcome: 'in-flight' };
    case 'repeat':
      return { outcome: 'replayed' };
    case 'revoke':
      return { outcome: 'reuse', next: revoked(family, 'reuse') };
  }
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
