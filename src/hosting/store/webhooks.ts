/** Webhooks and their deliveries in the database. A trigger writes a delivery down for each webhook when a run ends. */
import { sql } from 'kysely';
import { newId } from './ids.ts';
import type { Database } from './open.ts';
import { older, pageOf, type PageRequest } from './page.ts';

/** Returns the queries for the webhooks of `organisation`. */
export function webhooksOf(db: Database, organisation: string) {
  const webhooks = () => db.selectFrom('webhooks').where('organisation', '=', organisation);
  return {
    async createWebhook(url: string) {
      const id = newId('w');
      await db.insertInto('webhooks').values({ id, organisation, url }).execute();
      return id;
    },
    webhooks: () => webhooks().select(['id', 'url', 'created_at as createdAt']).orderBy('created_at').execute(),
    async deleteWebhook(id: string) {
      const gone = db.deleteFrom('webhooks').where('organisation', '=', organisation).where('id', '=', id);
      return (await gone.executeTakeFirst()).numDeletedRows > 0n;
    },
    /** The deliveries of one webhook, newest first. */
    async deliveries(webhook: string, page: PageRequest) {
      const query = db
        .selectFrom('deliveries')
        .select(['id', 'run', 'state', 'attempts', 'answer', 'created_at as createdAt'])
        .where('webhook', 'in', webhooks().select('id').where('id', '=', webhook));
      return pageOf(await older(query, page).execute(), page);
    },
  };
}

/** Deliveries that are taken at once; one of each webhook, so that none makes the others wait for long. */
const MOST_AT_ONCE = 50;
/** A delivery that was taken may be taken again after so long: its instance is gone. In seconds, longer than an answer may take. */
const TAKEN_S = 60;
/** Seconds until it is tried again, after each attempt; then it is given up. */
const RETRY_S = [5, 30, 180, 1_080, 6_480, 38_880, 86_400] as const;

/** Returns what the instances of the service send. */
export function createDeliveries(db: Database) {
  return {
    /** Takes deliveries that are due, each for one instance, with what the messages are made of. */
    async take() {
      const first = db
        .selectFrom('deliveries')
        .distinctOn('webhook')
        .select(['id', 'due_at'])
        .where('due_at', '<=', sql<Date>`now()`)
        .orderBy('webhook')
        .orderBy('due_at');
      const next = db.selectFrom(first.as('first')).select('id').orderBy('due_at').limit(MOST_AT_ONCE);
      return (
        db
          .updateTable('deliveries')
          .from(['webhooks', 'runs'])
          .set({ attempts: sql`attempts + 1`, due_at: sql`now() + make_interval(secs => ${sql.lit(TAKEN_S)})` })
          .whereRef('webhooks.id', '=', 'deliveries.webhook')
          .whereRef('runs.id', '=', 'deliveries.run')
          .where('deliveries.id', 'in', next)
          // Of two instances that take the same one at once the second waits for the first, and sees that it is not due any more.
          .where('deliveries.due_at', '<=', sql<Date>`now()`)
          .returning(['deliveries.id', 'webhook', 'url', 'attempts', 'run', 'app', 'app_name as appName', 'kind'])
          .returning(['verdict', 'summary', 'error', 'ended_at as endedAt'])
          .execute()
      );
    },
    /** Writes down how an attempt ended. @param answer status, or why there was none */
    async settle(id: string, attempts: number, { delivered, answer }: { delivered: boolean; answer: string }) {
      const wait = delivered ? undefined : RETRY_S[attempts - 1];
      const state = delivered ? 'delivered' : wait === undefined ? 'failed' : 'waiting';
      const due = wait === undefined ? null : sql<Date>`now() + make_interval(secs => ${sql.lit(wait)})`;
      await db.updateTable('deliveries').set({ state, answer, due_at: due }).where('id', '=', id).execute();
    },
  };
}

/** The deliveries of all organisations. */
export type Deliveries = ReturnType<typeof createDeliveries>;
