/** A store in memory that tells what changes in it, and takes what was told elsewhere. */
import type { FamilyRecord } from '../token-families/family.ts';
import { createMemoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import type { Entry, Remember } from './entry.ts';

export interface RememberingStore extends Store {
  /** Takes an entry of an earlier owner; anything but a change of the store is left alone. */
  take(entry: Entry): Promise<void>;
  /** All families, in order of creation. */
  everyFamily(): readonly FamilyRecord[];
}

export function createRememberingStore(clock: () => number, remember: Remember): RememberingStore {
  const inner = createMemoryStore(clock);
  const all = new Map<string, FamilyRecord>();
  const note = (record: FamilyRecord) => {
    all.set(record.id, record);
    remember(['family', record]);
  };
  const { families, models } = inner;
  return {
    everyFamily: () => [...all.values()],
    families: {
      read: (id) => families.read(id),
      async create(record) {
        const won = await families.create(record);
        if (won) note(record);
        return won;
      },
      async replace(record) {
        const won = await families.replace(record);
        if (won) note(record);
        return won;
      },
      async next() {
        remember(['next']);
        return families.next();
      },
    },
    models: {
      ...models,
      async put(kind, id, model, ttlSeconds) {
        remember(['put', kind, id, model, ttlSeconds === undefined ? null : clock() + ttlSeconds * 1000]);
        await models.put(kind, id, model, ttlSeconds);
      },
      async remove(kind, id) {
        remember(['remove', kind, id]);
        await models.remove(kind, id);
      },
    },
    async take(entry) {
      switch (entry[0]) {
        case 'family':
          if (!(await families.create(entry[1]))) await families.replace(entry[1]);
          all.set(entry[1].id, entry[1]);
          return;
        case 'next':
          await families.next();
          return;
        case 'put': {
          const [, kind, id, model, endsAt] = entry;
          const left = endsAt === null ? undefined : (endsAt - clock()) / 1000;
          if (left === undefined || left > 0) await models.put(kind, id, model, left);
          return;
        }
        case 'remove':
          await models.remove(entry[1], entry[2]);
          return;
        default:
          return;
      }
    },
  };
}
