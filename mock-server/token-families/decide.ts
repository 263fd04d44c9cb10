/** Decides on one use of a refresh token. Pure: `TokenFamilies.change` makes the decision atomic. */
import { revoked, type FamilyRecord } from './family.ts';
import { refreshEnded, type Lifetimes } from './lifetime.ts';
import type { Preset } from './preset.ts';

/** How a refresh whose answer has not ended affects other refreshes. */
export interface Locking {
  /** What is locked: nothing, the used token, its family, or the whole app (see app-lock.ts). */
  readonly inFlightLock: 'off' | 'token' | 'family' | 'app';
  /** Whether a refresh that finds the lock taken revokes the family. */
  readonly inFlightRevokes: boolean;
}

const USUAL: Lifetimes & Locking = {
  accessTokenMs: 0,
  refreshTokenIdleMs: 0,
  refreshTokenMs: 0,
  expiryRestartsOnRotation: false,
  inFlightLock: 'token',
  inFlightRevokes: false,
};

/** Milliseconds after which a lock is ignored: its process may have died. */
export const LOCK_LEASE_MS = 600_000;

/** The result of a refresh. `next` is the record to store before the answer; without it nothing changes. */
export type Decision =
  /** The refresh succeeds. */
  | { readonly outcome: 'rotated'; readonly next: FamilyRecord }
  /** The answer of the refresh that succeeded is repeated. */
  | { readonly outcome: 'replayed' }
  /** Another refresh holds the lock: its answer has not ended. */
  | { readonly outcome: 'in-flight'; readonly next?: FamilyRecord }
  /** The token was rotated before: the whole family is revoked. */
  | { readonly outcome: 'reuse'; readonly next: FamilyRecord }
  /** The family was revoked earlier, has expired, or has no such token. */
  | { readonly outcome: 'dead' | 'expired' | 'unknown'; readonly next?: FamilyRecord };

/** Decides on a use of the refresh token of `generation`, from the stored family.
 * @param at milliseconds of the epoch */
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
  if (how !== undefined) return how === 'refuse' ? inFlight(family, rules) : reuseDecision(how, family);
  if (generation === family.head) return { outcome: 'rotated', next: rotate(family, generation, preset, at) };
  if (generation < family.head - 1) return reuseDecision('revoke', family);

  switch (preset.afterwards.kind) {
    case 'revoke':
      return reuseDecision('revoke', family);
    case 'repeat-within':
      return reuseDecision(at - family.issuedAt < preset.afterwards.ms ? 'repeat' : 'revoke', family);
    case 'repeat-until-used':
      return reuseDecision('repeat', family);
  }
}

/** Returns the decision that the lock of an earlier refresh requires; undefined without a lock. */
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

/** Returns the decision on a refresh that finds the lock taken. */
export function inFlight(family: FamilyRecord, { inFlightRevokes }: Locking): Decision {
  return { outcome: 'in-flight', ...(inFlightRevokes && { next: revoked(family, 'reuse') }) };
}

function reuseDecision(how: 'repeat' | 'revoke', family: FamilyRecord): Decision {
  return how === 'repeat' ? { outcome: 'replayed' } : { outcome: 'reuse', next: revoked(family, 'reuse') };
}

/** Returns the record with the rotation committed and the lock taken, as one change. */
function rotate(family: FamilyRecord, generation: number, preset: Preset, at: number): FamilyRecord {
  return {
    ...family,
    head: preset.rotates ? family.head + 1 : family.head,
    access: family.access + 1,
    inFlight: { generation, since: at },
    issuedAt: at,
  };
}

/** Returns the record without the lock that the refresh of `generation` took; a later lock stays. */
export function released(family: FamilyRecord, generation: number): FamilyRecord {
  return family.inFlight?.generation === generation ? { ...family, inFlight: null } : family;
}
