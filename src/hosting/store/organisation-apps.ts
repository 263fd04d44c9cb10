/** Queries the apps of one organisation. */
import { newId } from './ids.ts';
import type { Database } from './open.ts';
import type { AppView } from './organisation.ts';
import { older, pageOf, type PageRequest } from './page.ts';

/** Returns the queries for the apps of `organisation`. */
export function appsOf(db: Database, organisation: string) {
  const apps = () =>
    db
      .selectFrom('apps')
      .select(['id', 'name', 'settings', 'created_at as createdAt'])
      .where('organisation', '=', organisation);
  return {
    async createApp(name: string, settings: AppView['settings']) {
      const id = newId('a');
      const values = { id, organisation, name, settings: JSON.stringify(settings), created_at: new Date() };
      await db.insertInto('apps').values(values).execute();
      return id;
    },
    app: (id: string) => apps().where('id', '=', id).executeTakeFirst(),
    apps: async (page: PageRequest) => pageOf(await older(apps(), page).execute(), page),
    async deleteApp(id: string) {
      const { numDeletedRows } = await db
        .deleteFrom('apps')
        .where('organisation', '=', organisation)
        .where('id', '=', id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}
