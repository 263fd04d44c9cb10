/** Remembers earlier requests of a run, so that a later one can be compared with them. In memory, bounded. */
import { hash } from 'node:crypto';
import { createBoundedMap, type BoundedMap } from '../bounded-map.ts';
import { createCounter } from '../counter.ts';

/** An authorization request, with the raw values that a later token request is measured against. */
export interface Login {
  /** Event number of the authorization request. */
  readonly seq: number;
  readonly challenge: string | null;
  readonly method: string | null;
  readonly redirectUri: string | null;
  /** Every parameter of the authorization request but its challenge and redirect URI, raw. */
  readonly parameters: readonly (readonly [string, string])[];
}

/** A code that the mock issued, or that a client sent. */
export interface CodeMemory {
  readonly login: Login | null;
  /** Token requests that carried it so far. */
  readonly uses: number;
}

export interface SeenVerifier {
  readonly verifier: string;
  /** Event number of the token request that carried it first. */
  readonly seq: number;
  readonly code: string | null;
}

export interface RequestCorrelation {
  readonly nextExchange: () => number;
  readonly nextConnection: () => number;
  /** Numbers the token families of all mocks of the run. */
  readonly nextFamily: () => number;
  /** By event number. */
  readonly logins: BoundedMap<number, Login>;
  /** Event numbers of authorization requests by challenge. */
  readonly challenges: BoundedMap<string, number[]>;
  /** First event number by `state value` and `nonce value`. */
  readonly opaque: BoundedMap<string, number>;
  /** By the digest of the code: see `digestOf`. */
  readonly codes: BoundedMap<string, CodeMemory>;
  readonly verifiers: BoundedMap<string, SeenVerifier>;
}

const LIMIT = 5_000;

/** Returns a digest of 32 characters that stands for a raw value of any length: what a hostile client sends does not stay in memory. */
export const digestOf = (raw: string): string => hash('sha256', raw, 'base64url').slice(0, 32);

/** Returns the correlation of a run that has not begun. All mocks of the run share it. */
export function createCorrelation(): RequestCorrelation {
  return {
    nextExchange: createCounter(),
    nextConnection: createCounter(),
    nextFamily: createCounter(),
    logins: createBoundedMap(LIMIT),
    challenges: createBoundedMap(LIMIT),
    opaque: createBoundedMap(LIMIT),
    codes: createBoundedMap(LIMIT),
    verifiers: createBoundedMap(LIMIT),
  };
}
