/** Stores answers to requests with an Idempotency-Key, so that a repeated request gets the same answer. */
import type { Database } from './open.ts';

/** A stored answer. */
export interface KeptAnswer {
  readonly organisation: string;
  readonly key: string;
  /** Digest of the request: another request may not use the key. */
  readonly digest: string;
  readonly status: number;
  readonly body: string;
}

type Asked = Pick<KeptAnswer, 'organisation' | 'key' | 'digest'>;

/** Milliseconds for which an answer is stored. */
const DAY_MS = 86_400_000;
/** Milliseconds after which a request without an answer is assumed to have ended with its instance. */
const DEAD_MS = 120_000;

/** Returns the stored answers of a database. */
export function createIdempotency(db: Database) {
  const before = (ms: number): Date => new Date(Date.now() - ms);
  return {
    /** Reserves a key for a request. Resolves with undefined, or with the state of the request that has it: status 0 while it is in
     * progress. */
    async take(asked: Asked) {
      await db
        .deleteFrom('idempotency_keys')
        .where((is) =>
          is.or([
            is('created_at', '<', before(DAY_MS)),
            is.and([is('status', '=', 0), is('created_at', '<', before(DEAD_MS))]),
          ]),
        )
        .execute();
      const taken = await db
        .insertInto('idempotency_keys')
        .values({ ...asked, status: 0, body: '' })
        .onConflict((conflict) => conflict.columns(['organisation', 'key']).doNothing())
        .executeTakeFirst();
      if ((taken.numInsertedOrUpdatedRows ?? 0n) > 0n) return undefined;
      return db
        .selectFrom('idempotency_keys')
        .select(['digest', 'status', 'body'])
        .where('organisation', '=', asked.organisation)
        .where('key', '=', asked.key)
        .executeTakeFirst();
    },
    async keep({ organisation, key, status, body }: KeptAnswer) {
      await db
        .updateTable('idempotency_keys')
        .set({ status, body })
        .where('organisation', '=', organisation)
        .where('key', '=', key)
        .execute();
    },
    /** Releases a key: nothing was done. */
    async free({ organisation, key }: Asked) {
      await db
        .deleteFrom('idempotency_keys')
        .where('organisation', '=', organisation)
        .where('key', '=', key)
        .where('status', '=', 0)
        .execute();
    },
  };
}
