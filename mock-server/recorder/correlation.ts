/** Remembers earlier requests of a run, so that later ones can be compared with them. In memory, with limits. */
import { hash } from 'node:crypto';
import { createBoundedMap, type BoundedMap } from '../bounded-map.ts';
import { createCounter } from '../counter.ts';

/** An authorization request with the raw values that a later token request is compared with. */
export interface Login {
  /** Event number of the authorization request. */
  readonly seq: number;
  readonly challenge: string | null;
  readonly method: string | null;
  readonly redirectUri: string | null;
  /** Raw parameters of the authorization request, except challenge and redirect URI. */
  readonly parameters: readonly (readonly [string, string])[];
}

/** A code that the mock issued or a client sent. */
export interface CodeMemory {
  readonly login: Login | null;
  /** Number of token requests that carried it so far. */
  readonly uses: number;
}

/** A verifier of an earlier token request. */
export interface SeenVerifier {
  readonly verifier: string;
  /** Event number of the first token request that carried it. */
  readonly seq: number;
  readonly code: string | null;
}

/** The earlier requests of a run; made by `createCorrelation`. */
export interface RequestCorrelation {
  readonly nextExchange: () => number;
  readonly nextConnection: () => number;
  /** Numbers the token families of all mocks of the run. */
  readonly nextFamily: () => number;
  /** Logins by event number of the authorization request. */
  readonly logins: BoundedMap<number, Login>;
  /** Event numbers of authorization requests by challenge. */
  readonly challenges: BoundedMap<string, number[]>;
  /** First event number by `state value` and `nonce value`. */
  readonly opaque: BoundedMap<string, number>;
  /** Codes by their digest: see `digestOf`. */
  readonly codes: BoundedMap<string, CodeMemory>;
  readonly verifiers: BoundedMap<string, SeenVerifier>;
}

const LIMIT = 5_000;

/** Returns a digest of 32 characters for a raw value of any length, so that long values of a hostile client are not kept in memory. */
export const digestOf = (raw: string): string => hash('sha256', raw, 'base64url').slice(0, 32);

/** Creates the correlation of a run. All mocks of the run share it. */
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
