/** Implements a store in the memory of this process. */
import { steadyNow } from '../clock.ts';
import { createBoundedMap, type BoundedMap } from '../bounded-map.ts';
import { createCounter } from '../counter.ts';
import { MOST_FAMILIES, type FamilyRecord } from '../token-families/family.ts';
import type { FamilyStore, Model, ModelStore, Store } from './store.ts';

/** Kinds of which only the newest `LIMIT` models are kept: a user who loses one signs in again. Codes are not included: they expire after
 * 15 minutes. */
const DROPPABLE: ReadonlySet<string> = new Set(['Session', 'Interaction', 'Grant']);
const LIMIT = 2_000;

/** Creates an empty store in memory. Everything in it is bounded.
 * @param clock returns milliseconds of the epoch
 * @param nextFamily numbers families; default: from 1
 * @param most most families that are kept, the newest */
export function createMemoryStore(
  clock: () => number = steadyNow,
  nextFamily: () => number = createCounter(),
  most = MOST_FAMILIES,
): Store {
  return { families: families(nextFamily, most), models: models(clock) };
}

function families(nextFamily: () => number, most: number): FamilyStore {
  const records = createBoundedMap<string, FamilyRecord>(most);
  return {
    read: async (id) => records.get(id),
    async create(record) {
      if (records.has(record.id)) return false;
      records.set(record.id, record);
      return true;
    },
    async replace(record) {
      if (records.get(record.id)?.version !== record.version - 1) return false;
      records.set(record.id, record);
      return true;
    },
    next: async () => nextFamily(),
  };
}

interface Entry {
  readonly model: Model;
  readonly endsAt: number;
}

function models(clock: () => number): ModelStore {
  const kinds = new Map<string, BoundedMap<string, Entry>>();
  const ids = new Map<string, string>();
  const forgetUid = (kind: string, id: string, { model }: Entry) => {
    const name = `${kind} ${String(model['uid'])}`;
    if (ids.get(name) === id) ids.delete(name);
  };
  const of = (kind: string) => {
    const known = kinds.get(kind);
    if (known !== undefined) return known;
    const limit = DROPPABLE.has(kind) ? LIMIT : Infinity;
    const entries = createBoundedMap<string, Entry>(limit, (id, entry) => {
      forgetUid(kind, id, entry);
    });
    kinds.set(kind, entries);
    return entries;
  };
  const remove = (kind: string, id: string) => {
    const entry = of(kind).get(id);
    if (entry === undefined) return;
    of(kind).delete(id);
    forgetUid(kind, id, entry);
  };
  const live = (kind: string, id: string) => {
    const entry = of(kind).get(id);
    if (entry === undefined || entry.endsAt > clock()) return entry?.model;
    remove(kind, id);
    return undefined;
  };
  const removeEnded = (kind: string) => {
    for (const [id, entry] of of(kind).entries()) {
      if (entry.endsAt > clock()) return;
      remove(kind, id);
    }
  };
  return {
    async put(kind, id, model, ttlSeconds) {
      remove(kind, id);
      of(kind).set(id, { model, endsAt: ttlSeconds === undefined ? Infinity : clock() + ttlSeconds * 1000 });
      if (typeof model['uid'] === 'string') ids.set(`${kind} ${model['uid']}`, id);
      removeEnded(kind);
    },
    get: async (kind, id) => live(kind, id),
    async byUid(kind, uid) {
      const id = ids.get(`${kind} ${uid}`);
      return id === undefined ? undefined : live(kind, id);
    },
    remove: async (kind, id) => remove(kind, id),
  };
}
