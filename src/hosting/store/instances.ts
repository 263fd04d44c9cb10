/** Which instances of the service live, and the end of runs whose instance is gone. */
import { sql } from 'kysely';
import type { Database } from './open.ts';
import type { RunError } from './tables.ts';

export interface Instances {
  /** Records that the instance lives. Repeat it at intervals well below 30 s. */
  beat(): Promise<void>;
  /** Ends runs whose instance has not been seen for 30 s, with the error `repeat`. Resolves with how many. */
  endAbandoned(): Promise<number>;
  /** Forgets the instance: it stops. */
  leave(): Promise<void>;
}

const GONE: RunError = {
  code: 'repeat',
  message: 'The instance of the service that played this run is gone.',
  hint: 'Repeat the run: nothing of it was judged.',
  exit: 70,
};

/** Returns what one instance writes of itself; `address` is its origin. */
export function createInstances(
  db: Database,
  { id, address }: { readonly id: string; readonly address: string },
): Instances {
  return {
    async beat() {
      await db
        .insertInto('instances')
        .values({ id, address, draining: false, seen_at: sql<Date>`now()` })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at: sql<Date>`now()` }))
        .execute();
    },
    async endAbandoned() {
      const lost = sql<Date>`now() - interval '30 seconds'`;
      await db.deleteFrom('instances').where('seen_at', '<', lost).execute();
      const { numUpdatedRows } = await db
        .updateTable('runs')
        .set({ state: 'ended', ended_at: sql<Date>`now()`, error: JSON.stringify(GONE) })
        .where('state', '<>', 'ended')
        .where((is) =>
          is.or([
            is.and([
              is('owner', 'is not', null),
              is('owner', 'not in', is.selectFrom('instances').select('instances.id')),
            ]),
            is.and([is('owner', 'is', null), is('created_at', '<', lost)]),
          ]),
        )
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
    async leave() {
      await db.deleteFrom('instances').where('id', '=', id).execute();
    },
  };
}
