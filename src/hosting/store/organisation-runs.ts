/** The runs of one organisation in the database. */
import { newId } from './ids.ts';
import type { Database } from './open.ts';
import type { OrganisationStore, RunView } from './organisation.ts';
import { older, pageOf } from './page.ts';

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

type Runs = Pick<OrganisationStore, 'createRun' | 'run' | 'runs' | 'newest' | 'openRuns' | 'deleteRun'>;

/** Returns the queries for the runs of `organisation`. */
export function runsOf(db: Database, organisation: string): Runs {
  const runs = () => db.selectFrom('runs').where('organisation', '=', organisation);
  const run = (id: string): Promise<RunView | undefined> => runs().select(RUN).where('id', '=', id).executeTakeFirst();
  return {
    run,
    async createRun({ kind, appName, app, continues = null }) {
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
    async runs(page, app) {
      const query = older(runs().select(RUN), page);
      return pageOf(await (app === undefined ? query : query.where('app', '=', app)).execute(), page);
    },
    async newest(apps) {
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
    async openRuns() {
      const { open } = await runs()
        .select(({ fn }) => fn.countAll<string>().as('open'))
        .where('state', '<>', 'ended')
        .executeTakeFirstOrThrow();
      return Number(open);
    },
    async deleteRun(id) {
      const { numDeletedRows } = await db
        .deleteFrom('runs')
        .where('organisation', '=', organisation)
        .where('id', '=', id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}
