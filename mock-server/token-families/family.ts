/** One token family: all tokens that descend from one authorization. One record per family, however often it rotates. */
import type { Family } from '../../src/history/event.ts';
import { createBoundedMap } from '../bounded-map.ts';

/** Why a family ended, in the words of history. */
export type RevocationReason = NonNullable<Family['reason']>;

export interface FamilyRecord {
  /** 16 hexadecimal digits: what every token of the family carries sealed inside. */
  readonly id: string;
  /** Counts changes from 0; what compare-and-set compares. */
  readonly version: number;
  /** `F#1`; the empty text for a code that was burnt before it gave tokens. */
  readonly label: string;
  /** `burnt`: the code was used up by a wrong verifier and no tokens were given. */
  readonly state: 'alive' | 'revoked' | 'burnt';
  readonly reason?: RevocationReason;
  readonly clientId: string;
  /** The user's name on the mock: `U1`. */
  readonly user: string;
  readonly scopes: readonly string[];
  /** Of the login, for id_tokens. */
  readonly nonce?: string;
  /** Thumbprint of the key that its tokens are bound to (RFC 9449 §6); absent for bearer tokens. */
  readonly jkt?: string;
  /** False without the scope `refresh_token`: then there is no refresh token at all. */
  readonly refreshable: boolean;
  /** False: its refresh token stays the same (the device flow, under a switch). */
  readonly rotates?: false;
  /** Generation of the newest refresh token; 0 is the one that the login gave. */
  readonly head: number;
  /** Generation of the newest access token, counted from 0. */
  readonly access: number;
  /** Access tokens of a lower generation are dead. */
  readonly accessFloor: number;
  /** Access tokens at or above the floor that were revoked one by one. */
  readonly deadAccess: readonly number[];
  /** The refresh whose answer has not ended yet, and since when (milliseconds of the epoch). */
  readonly inFlight: { readonly generation: number; readonly since: number } | null;
  /** Instants in milliseconds of the epoch. */
  readonly createdAt: number;
  /** When the newest access token was given: the `issued_at` of its answer. */
  readonly issuedAt: number;
}

/** So many families are remembered, some 100 MB of them; a token of an older one is as unknown as one that was never issued. At two hundred logins
 * a second that is longer than a code lives. */
export const MOST_FAMILIES = 1 << 18;

/** Most families have the same words: each is kept once. So many are known at once. */
const MOST_WORDS = 500;
const words = createBoundedMap<string, readonly string[]>(MOST_WORDS);
const NONE: readonly number[] = [];

/** The same list for the same words. */
function shared(list: readonly string[]): readonly string[] {
  const key = JSON.stringify(list);
  const known = words.get(key);
  if (known !== undefined) return known;
  // A copy: what was cut out of a longer text would keep all of it, and a filtered list has room for more.
  const copy = JSON.parse(key) as readonly string[];
  words.set(key, copy);
  return copy;
}

/** The record of a family whose login was answered just now. */
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

/** Ends a family: refresh token and access tokens alike. A family that has ended keeps its first reason. */
export function revoked(family: FamilyRecord, reason: RevocationReason): FamilyRecord {
  return family.state === 'alive' ? { ...family, state: 'revoked', reason } : family;
}

/** Every access token given so far is dead; the refresh token lives, and so does the access token of an answer that is still under way:
 * nobody is handed a token that is dead already. */
export function withoutAccess(family: FamilyRecord): FamilyRecord {
  const underWay = family.inFlight !== null;
  return { ...family, accessFloor: underWay ? family.access : family.access + 1, deadAccess: NONE };
}

/** One access token is dead; the refresh token and the other access tokens live. */
export function withoutAccessToken(family: FamilyRecord, generation: number): FamilyRecord {
  if (generation < family.accessFloor) return family;
  const dead = new Set([...family.deadAccess, generation]);
  let floor = family.accessFloor;
  while (dead.delete(floor)) floor += 1;
  return { ...family, accessFloor: floor, deadAccess: [...dead] };
}

/** Whether an access token of the family opens anything. */
export function accessAlive(family: FamilyRecord, generation: number): boolean {
  return (
    family.state === 'alive' &&
    generation <= family.access &&
    generation >= family.accessFloor &&
    !family.deadAccess.includes(generation)
  );
}
