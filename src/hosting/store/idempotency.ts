/** Answers to requests that carried an Idempotency-Key, so that a repeated one is answered alike. */
import type { Database } from './open.ts';

export interface KeptAnswer {
  readonly organisation: string;
  readonly key: string;
  /** Of the request: another one may not use the key. */
  readonly digest: string;
  readonly status: number;
  readonly body: string;
}

type Asked = Pick<KeptAnswer, 'organisation' | 'key' | 'digest'>;

/** How long an answer is kept, in milliseconds. */
const DAY_MS = 86_400_000;
/** A request that has not been answered for so long died with its instance, in milliseconds. */
const DEAD_MS = 120_000;

/** Returns the answers that are kept in a database. */
export function createIdempotency(db: Database) {
  const before = (ms: number): Date => new Date(Date.now() - ms);
  return {
    /** Takes a key for a request that is about to be done; resolves with undefined, or with what is known of the request that has it: status 0 while it is done. */
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
    /** Gives a key back: nothing was done. */
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
