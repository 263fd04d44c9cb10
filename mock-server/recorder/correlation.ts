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
  /** By raw code. */
  readonly codes: Bounded<string, CodeMemory>;
  readonly verifiers: Bounded<string, SeenVerifier>;
}

const LIMIT = 5_000;

function bounded<K, V>(limit: number, told?: (key: K, value: V) => void): Bounded<K, V> {
  const map = new Map<K, V>();
  return {
    get: (key) => map.get(key),
    set(key, value) {
      map.set(key, value);
      told?.(key, value);
      if (map.size > limit) for (const oldest of map.keys()) return void map.delete(oldest);
    },
    values: () => map.values(),
  };
}

/** Names a raw value of any length by 32 characters, so that what a hostile client sends does not stay in memory. */
export const digestOf = (raw: string): string => hash('sha256', raw, 'base64url').slice(0, 32);

const memories = new WeakMap<SecretRedactor, RequestCorrelation>();

/** Of a run that another process began: the numbers that were given already, and who is told of what is remembered. */
export interface Earlier {
  readonly exchanges?: number;
  readonly connections?: number;
  readonly told?: (map: MemoryMap, key: unknown, value: unknown) => void;
}

export type MemoryMap = 'logins' | 'challenges' | 'opaque' | 'codes' | 'verifiers';

/** The memory that belongs to a redactor: all mocks of a run share one redactor, hence one memory. */
export function correlationOf(redactor: SecretRedactor, earlier: Earlier = {}): RequestCorrelation {
  const known = memories.get(redactor);
  if (known) return known;
  const { told, exchanges, connections } = earlier;
  const map = <K, V>(name: MemoryMap): Bounded<K, V> =>
    bounded<K, V>(
      LIMIT,
      told &&
        ((key, value) => {
          told(name, key, value);
        }),
    );
  const memory: RequestCorrelation = {
    nextExchange: createCounter(exchanges),
    nextConnection: createCounter(connections),
    nextFamily: createCounter(),
    logins: map('logins'),
    challenges: map('challenges'),
    opaque: map('opaque'),
    codes: map('codes'),
    verifiers: map('verifiers'),
  };
  memories.set(redactor, memory);
  return memory;
}
