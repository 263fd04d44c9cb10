/** Queries the runs of one organisation. */
import { newId } from './ids.ts';
import type { Database } from './open.ts';
import type { RunView } from './organisation.ts';
import { older, pageOf, type PageRequest } from './page.ts';

const RUN = [
  'id',
  'app',
  'kind',
  'app_name as appName',
  'state',
  'verdict',
  'summary',
  'error',
  'published_as as publishedAs',
  'created_at as createdAt',
  'ended_at as endedAt',
  'continues',
] as const;

/** A run that is to be written down. */
export type NewRun = Pick<RunView, 'kind' | 'appName' | 'app'> & Partial<Pick<RunView, 'continues'>>;

/** Returns the queries for the runs of `organisation`. */
export function runsOf(db: Database, organisation: string) {
  const runs = () => db.selectFrom('runs').where('organisation', '=', organisation);
  const run = (id: string): Promise<RunView | undefined> => runs().select(RUN).where('id', '=', id).executeTakeFirst();
  return {
    run,
    async createRun({ kind, appName, app, continues = null }: NewRun) {
      const id = newId('r');
      const values = {
        id,
        organisation,
        kind,
        app,
        continues,
        app_name: appName,
        state: 'waiting',
        created_at: new Date(),
      } as const;
      await db.insertInto('runs').values(values).execute();
      return id;
    },
    /** Newest first; of one app when named. */
    async runs(page: PageRequest, app?: string) {
      const query = older(runs().select(RUN), page);
      return pageOf(await (app === undefined ? query : query.where('app', '=', app)).execute(), page);
    },
    /** The newest ended run of each of these apps. */
    async newest(apps: readonly string[]): Promise<ReadonlyMap<string, RunView>> {
      if (apps.length === 0) return new Map();
      const found = await runs()
        .select(RUN)
        .distinctOn('app')
        .where('app', 'in', apps)
        .where('state', '=', 'ended')
        .orderBy('app')
        .orderBy('created_at', 'desc')
        .execute();
      return new Map(found.map((one) => [one.app ?? '', one]));
    },
    /** Runs that have not ended. */
    async openRuns() {
      const { open } = await runs()
        .select(({ fn }) => fn.countAll<string>().as('open'))
        .where('state', '<>', 'ended')
        .executeTakeFirstOrThrow();
      return Number(open);
    },
    async deleteRun(id: string) {
      const { numDeletedRows } = await db
        .deleteFrom('runs')
        .where('organisation', '=', organisation)
        .where('id', '=', id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}
