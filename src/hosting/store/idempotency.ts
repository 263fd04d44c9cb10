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

export interface Idempotency {
  find(organisation: string, key: string): Promise<Pick<KeptAnswer, 'digest' | 'status' | 'body'> | undefined>;
  keep(answer: KeptAnswer): Promise<void>;
}

/** How long an answer is kept, in milliseconds. */
const DAY_MS = 86_400_000;

/** Returns the answers that are kept in a database. */
export function createIdempotency(db: Database): Idempotency {
  return {
    find: (organisation, key) =>
      db
        .selectFrom('idempotency_keys')
        .select(['digest', 'status', 'body'])
        .where('organisation', '=', organisation)
        .where('key', '=', key)
        .executeTakeFirst(),
    async keep(answer) {
      await db
        .deleteFrom('idempotency_keys')
        .where('created_at', '<', new Date(Date.now() - DAY_MS))
        .execute();
      await db
        .insertInto('idempotency_keys')
        .values(answer)
        .onConflict((conflict) => conflict.columns(['organisation', 'key']).doNothing())
        .execute();
    },
  };
}
