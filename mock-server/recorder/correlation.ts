/** What the recorder remembers of a run so that a later request can be compared with an earlier one. In memory, bounded. */
import { hash } from 'node:crypto';
import { createCounter } from '../counter.ts';
import type { SecretRedactor } from './redactor.ts';

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

/** A code that the mock issued, or that a client presented. */
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

/** A map that forgets its oldest entries beyond `limit`. */
export interface Bounded<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  values(): IterableIterator<V>;
}

export interface RequestCorrelation {
  nextExchange(): number;
  nextConnection(): number;
  /** For the mocks of the run that have no store in common. */
  nextFamily(): number;
  /** By event number. */
  readonly logins: Bounded<number, Login>;
  /** Event numbers of authorization requests by challenge. */
  readonly challenges: Bounded<string, number[]>;
  /** First event number by `state value` and `nonce value`. */
  readonly opaque: Bounded<string, number>;
  /** By the digest of the code: see `digestOf`. */
  readonly codes: Bounded<string, CodeMemory>;
  readonly verifiers: Bounded<string, SeenVerifier>;
}

const LIMIT = 5_000;

function bounded<K, V>(limit: number): Bounded<K, V> {
  const map = new Map<K, V>();
  return {
    get: (key) => map.get(key),
    set(key, value) {
      map.set(key, value);
      if (map.size > limit) for (const oldest of map.keys()) return void map.delete(oldest);
    },
    values: () => map.values(),
  };
}

/** Names a raw value of any length by 32 characters, so that what a hostile client sends does not stay in memory. */
export const digestOf = (raw: string): string => hash('sha256', raw, 'base64url').slice(0, 32);

const memories = new WeakMap<SecretRedactor, RequestCorrelation>();

/** The memory that belongs to a redactor: all mocks of a run share one redactor, hence one memory. */
export function correlationOf(redactor: SecretRedactor): RequestCorrelation {
  const known = memories.get(redactor);
  if (known) return known;
  const memory: RequestCorrelation = {
    nextExchange: createCounter(),
    nextConnection: createCounter(),
    nextFamily: createCounter(),
    logins: bounded(LIMIT),
    challenges: bounded(LIMIT),
    opaque: bounded(LIMIT),
    codes: bounded(LIMIT),
    verifiers: bounded(LIMIT),
  };
  memories.set(redactor, memory);
  return memory;
}
