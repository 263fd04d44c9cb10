/** Defines the record of a token family: all tokens from one authorization. There is one record, however often the family rotates. */
import type { Family } from '../../src/history/event.ts';
import { createBoundedMap } from '../bounded-map.ts';

/** Why a family ended, as history names it. */
export type RevocationReason = NonNullable<Family['reason']>;

/** A token family as it is stored. */
export interface FamilyRecord {
  /** 16 hexadecimal digits, which every token of the family carries sealed. */
  readonly id: string;
  /** Number of changes, for compare-and-set. */
  readonly version: number;
  /** Label in the history, `F#1`; empty for a code that was invalidated before it gave tokens. */
  readonly label: string;
  /** `burnt`: a wrong verifier invalidated the code, and no tokens were issued. */
  readonly state: 'alive' | 'revoked' | 'burnt';
  readonly reason?: RevocationReason;
  readonly clientId: string;
  /** The user's name on the mock: `U1`. */
  readonly user: string;
  readonly scopes: readonly string[];
  /** The nonce of the login, for id_tokens. */
  readonly nonce?: string;
  /** Thumbprint of the key that its tokens are bound to (RFC 9449 §6); absent for bearer tokens. */
  readonly jkt?: string;
  /** Whether it has a refresh token: false without the scope `refresh_token`. */
  readonly refreshable: boolean;
  /** False when its refresh token stays the same (device flow, with a switch). */
  readonly rotates?: false;
  /** Generation of the newest refresh token; the login issued generation 0. */
  readonly head: number;
  /** Generation of the newest access token, counted from 0. */
  readonly access: number;
  /** Access tokens of a lower generation are revoked. */
  readonly accessFloor: number;
  /** Access tokens at or above the floor that were revoked one by one. */
  readonly deadAccess: readonly number[];
  /** The refresh whose answer has not ended, and when it began (milliseconds of the epoch). */
  readonly inFlight: { readonly generation: number; readonly since: number } | null;
  /** When the login was answered, in milliseconds of the epoch. */
  readonly createdAt: number;
  /** When the newest access token was issued, in milliseconds of the epoch: the `issued_at` of its answer. */
  readonly issuedAt: number;
}

/** Number of families that are kept: about 100 MB. A token of an older family is unknown. At two hundred logins a second a family is kept
 * for longer than a code is valid. */
export const MOST_FAMILIES = 1 << 18;

/** Most lists that are shared at once. */
const MOST_WORDS = 500;
const words = createBoundedMap<string, readonly string[]>(MOST_WORDS);
const NONE: readonly number[] = [];

/** Returns one list for all families with the same words, which saves most of their memory. */
function shared(list: readonly string[]): readonly string[] {
  const key = JSON.stringify(list);
  const known = words.get(key);
  if (known !== undefined) return known;
  // A copy: a substring would keep its longer text in memory.
  const copy = JSON.parse(key) as readonly string[];
  words.set(key, copy);
  return copy;
}

/** Returns the record of a new family.
 * @param at time of the login in milliseconds of the epoch */
export function newFamily(
  login: Pick<
    FamilyRecord,
    'id' | 'label' | 'clientId' | 'user' | 'scopes' | 'refreshable' | 'rotates' | 'nonce' | 'jkt'
  >,
  at: number,
): FamilyRecord {
  const [user = login.user] = shared([login.user]);
  return {
    ...login,
    user,
    scopes: shared(login.scopes),
    version: 0,
    state: 'alive',
    head: 0,
    access: 0,
    accessFloor: 0,
    deadAccess: NONE,
    inFlight: null,
    createdAt: at,
    issuedAt: at,
  };
}

/** Returns the family with all its tokens revoked. A revoked family keeps its first reason. */
export function revoked(family: FamilyRecord, reason: RevocationReason): FamilyRecord {
  return family.state === 'alive' ? { ...family, state: 'revoked', reason } : family;
}

/** Returns the family with its access tokens revoked. The refresh token stays valid, and so does the access token of an answer that has
 * not ended, so that no client receives a revoked token. */
export function withoutAccess(family: FamilyRecord): FamilyRecord {
  const underWay = family.inFlight !== null;
  return { ...family, accessFloor: underWay ? family.access : family.access + 1, deadAccess: NONE };
}

/** Returns the family with one access token revoked; its other tokens stay valid. */
export function withoutAccessToken(family: FamilyRecord, generation: number): FamilyRecord {
  if (generation < family.accessFloor) return family;
  const dead = new Set([...family.deadAccess, generation]);
  let floor = family.accessFloor;
  while (dead.delete(floor)) floor += 1;
  return { ...family, accessFloor: floor, deadAccess: [...dead] };
}

/** Returns the family after `ms` milliseconds without use. Its refresh token has expired when it is then idle for `limitMs`; 0: never.
 * @param at milliseconds of the epoch */
export function aged(family: FamilyRecord, ms: number, limitMs: number, at: number): FamilyRecord {
  const older = { ...family, createdAt: family.createdAt - ms, issuedAt: family.issuedAt - ms };
  return limitMs > 0 && at - older.issuedAt >= limitMs ? revoked(older, 'expired') : older;
}

/** Returns whether an access token of the family is valid, whatever its age. */
export function accessAlive(family: FamilyRecord, generation: number): boolean {
  return (
    family.state === 'alive' &&
    generation <= family.access &&
    generation >= family.accessFloor &&
    !family.deadAccess.includes(generation)
  );
}
