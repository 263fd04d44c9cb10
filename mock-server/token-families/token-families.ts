/** Stores the token families of one mock: every change is a compare-and-set in the store; creation and revocation are recorded. */
import type { Event, EventBody } from '../../src/history/event.ts';
import { createBoundedMap } from '../bounded-map.ts';
import type { FamilyStore } from '../store/store.ts';
import { MOST_FAMILIES, type FamilyRecord } from './family.ts';

/** A change of a family: the record to store (undefined: no change), and the result for the caller. */
export interface Change<T> {
  readonly next?: FamilyRecord;
  readonly result: T;
}

/** The token families of one mock; made by `createTokenFamilies`. */
export interface TokenFamilies {
  /** Stores a new family. Resolves with false when its code was used before. */
  create(family: FamilyRecord): Promise<boolean>;
  /** Resolves with the label of the next family: `F#1`, `F#2` … */
  label(): Promise<string>;
  read(id: string): Promise<FamilyRecord | undefined>;
  /** Calls `decide` until its change could be stored on the record that it saw. Resolves with undefined when there is no such family. */
  change<T>(id: string, decide: (family: FamilyRecord) => Change<T>): Promise<T | undefined>;
  /** Makes a change without waiting for it; every later read and change of the family waits for it. */
  schedule(id: string, next: (family: FamilyRecord) => FamilyRecord): void;
  /** Returns the newest families as last stored, in order of creation. */
  known(): readonly FamilyRecord[];
  /** Resolves when all scheduled changes are stored. */
  idle(): Promise<void>;
}

/** Most lost compare-and-sets in a row; more mean a broken store. */
const ATTEMPTS = 10_000;

/** Creates the token families of a store, which may be slow and shared. */
export function createTokenFamilies(store: FamilyStore, record: (body: EventBody) => Event): TokenFamilies {
  const seen = createBoundedMap<string, FamilyRecord>(MOST_FAMILIES);
  const scheduled = new Map<string, Promise<void>>();
  let failure: Error | undefined;

  /** Waits for the scheduled changes of a family.
   * @throws after one has failed, because later answers would be wrong */
  const settled = async (id: string) => {
    await scheduled.get(id);
    if (failure !== undefined) throw failure;
  };

  const note = (family: FamilyRecord) => {
    if (family.label === '') return;
    const before = seen.get(family.id);
    if (before !== undefined && before.version >= family.version) return;
    seen.set(family.id, family);
  };

  const attempt = async <T>(id: string, decide: (family: FamilyRecord) => Change<T>): Promise<T | undefined> => {
    for (let count = 0; count < ATTEMPTS; count += 1) {
      const family = await store.read(id);
      if (family === undefined) return undefined;
      const { next, result } = decide(family);
      if (next === undefined || next === family) return result;
      const stored = { ...next, version: family.version + 1 };
      if (!(await store.replace(stored))) continue;
      note(stored);
      if (family.state === 'alive' && stored.state === 'revoked') {
        const { label, reason, user } = stored;
        record({ kind: 'family', family: label, change: 'revoked', ...(reason && { reason }), user });
      }
      return result;
    }
    throw new Error(`The token store lost ${String(ATTEMPTS)} compare-and-sets in a row.`);
  };

  return {
    async create(family) {
      if (!(await store.create(family))) return false;
      note(family);
      if (family.state === 'alive') {
        record({ kind: 'family', family: family.label, change: 'created', user: family.user });
      }
      return true;
    },
    label: async () => `F#${String(await store.next())}`,
    async read(id) {
      await settled(id);
      return store.read(id);
    },
    async change(id, decide) {
      await settled(id);
      return attempt(id, decide);
    },
    schedule(id, next) {
      const before = scheduled.get(id) ?? Promise.resolve();
      const work = before
        .then(() => attempt(id, (family) => ({ next: next(family), result: undefined })))
        .catch((error: unknown) => {
          failure ??= error instanceof Error ? error : new Error(String(error));
        })
        .then(() => {
          if (scheduled.get(id) === work) scheduled.delete(id);
        });
      scheduled.set(id, work);
    },
    known: () => [...seen.values()],
    async idle() {
      await Promise.all(scheduled.values());
    },
  };
}
