/** Everything of one organisation. Each query names the organisation, so nothing of another one can be seen or changed through it. */
import type { Database } from './open.ts';
import { hashOf, newId, newSecret } from './ids.ts';
import { older, pageOf, type Page, type PageRequest } from './page.ts';
import type { RunError, RunState } from './tables.ts';

export interface AppView {
  readonly id: string;
  readonly name: string;
  /** The `app` section of a configuration, complete. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}

export interface RunView {
  readonly id: string;
  readonly app: string | null;
  readonly kind: 'run' | 'live';
  readonly appName: string;
  readonly state: RunState;
  readonly verdict: string | null;
  readonly summary: string | null;
  readonly error: RunError | null;
  readonly publishedAs: string | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

export interface TokenView {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface AuditEntry {
  readonly number: number;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
}

export interface ShareLinkView {
  readonly id: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

export interface OrganisationStore {
  createApp(name: string, settings: Readonly<Record<string, unknown>>): Promise<string>;
  app(id: string): Promise<AppView | undefined>;
  apps(page: PageRequest): Promise<Page<AppView>>;
  deleteApp(id: string): Promise<boolean>;
  createRun(run: Pick<RunView, 'kind' | 'appName' | 'app'>): Promise<string>;
  run(id: string): Promise<RunView | undefined>;
  /** Newest first; of one app when named. */
  runs(page: PageRequest, app?: string): Promise<Page<RunView>>;
  /** The newest ended run of each of these apps. */
  newest(apps: readonly string[]): Promise<ReadonlyMap<string, RunView>>;
  /** Runs that have not ended. */
  openRuns(): Promise<number>;
  deleteRun(id: string): Promise<boolean>;
  /** Names of the files of a run's report. */
  files(run: string): Promise<readonly string[]>;
  file(run: string, name: string): Promise<Buffer | undefined>;
  /** Publishes a run under a name that cannot be guessed, or withdraws it. Resolves with the name. */
  publish(run: string, on: boolean): Promise<string | null | undefined>;
  tokens(): Promise<readonly TokenView[]>;
  revokeToken(id: string): Promise<boolean>;
  createShareLink(run: string, expiresAt: Date): Promise<{ readonly id: string; readonly secret: string } | undefined>;
  shareLinks(run: string): Promise<readonly ShareLinkView[]>;
  revokeShareLink(id: string): Promise<boolean>;
  /** Writes down what was done, by whom. */
  audit(actor: string, action: string, subject: string): Promise<void>;
  auditLog(before: number | undefined, limit: number): Promise<readonly AuditEntry[]>;
}

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
] as const;

/** Returns what one organisation has. */
export function createOrganisationStore(db: Database, organisation: string): OrganisationStore {
  const runs = () => db.selectFrom('runs').where('organisation', '=', organisation);
  const run = (id: string): Promise<RunView | undefined> => runs().select(RUN).where('id', '=', id).executeTakeFirst();
  return {
    ...appsOf(db, organisation),
    ...accessOf(db, organisation),
    run,
    async createRun({ kind, appName, app }) {
      const id = newId('r');
      const values = {
        id,
        organisation,
        kind,
        app,
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
    async files(id) {
      const rows = await runs()
        .innerJoin('reports', 'reports.run', 'runs.id')
        .select('file')
        .where('runs.id', '=', id)
        .orderBy('file')
        .execute();
      return rows.map(({ file }) => file);
    },
    async file(id, name) {
      const row = await runs()
        .innerJoin('reports', 'reports.run', 'runs.id')
        .select('content')
        .where('runs.id', '=', id)
        .where('file', '=', name)
        .executeTakeFirst();
      return row && Buffer.from(row.content);
    },
    async publish(id, on) {
      const name = on ? newId('s') : null;
      const { numUpdatedRows } = await db
        .updateTable('runs')
        .set({ published_as: name })
        .where('organisation', '=', organisation)
        .where('id', '=', id)
        .where('verdict', 'is not', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n ? name : undefined;
    },
    async createShareLink(id, expiresAt) {
      if ((await run(id)) === undefined) return undefined;
      const secret = newSecret();
      const link = { id: newId('s'), organisation, run: id, hash: hashOf(secret), expires_at: expiresAt };
      await db.insertInto('share_links').values(link).execute();
      return { id: link.id, secret };
    },
  };
}

type Apps = Pick<OrganisationStore, 'createApp' | 'app' | 'apps' | 'deleteApp'>;

function appsOf(db: Database, organisation: string): Apps {
  const apps = () =>
    db
      .selectFrom('apps')
      .select(['id', 'name', 'settings', 'created_at as createdAt'])
      .where('organisation', '=', organisation);
  return {
    async createApp(name, settings) {
      const id = newId('a');
      const values = { id, organisation, name, settings: JSON.stringify(settings), created_at: new Date() };
      await db.insertInto('apps').values(values).execute();
      return id;
    },
    app: (id) => apps().where('id', '=', id).executeTakeFirst(),
    apps: async (page) => pageOf(await older(apps(), page).execute(), page),
    async deleteApp(id) {
      const { numDeletedRows } = await db
        .deleteFrom('apps')
        .where('organisation', '=', organisation)
        .where('id', '=', id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

type Access = Pick<
  OrganisationStore,
  'tokens' | 'revokeToken' | 'shareLinks' | 'revokeShareLink' | 'audit' | 'auditLog'
>;

function accessOf(db: Database, organisation: string): Access {
  const revoke = async (table: 'tokens' | 'share_links', id: string): Promise<boolean> => {
    const { numUpdatedRows } = await db
      .updateTable(table)
      .set({ revoked_at: new Date() })
      .where('organisation', '=', organisation)
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  };
  return {
    tokens: () =>
      db
        .selectFrom('tokens')
        .select(['id', 'name', 'scopes', 'created_at as createdAt'])
        .select(['expires_at as expiresAt', 'revoked_at as revokedAt'])
        .where('organisation', '=', organisation)
        .orderBy('created_at')
        .execute(),
    async revokeToken(id) {
      // Browsers that were signed in with it are signed out.
      await db
        .updateTable('tokens')
        .set({ revoked_at: new Date() })
        .where('organisation', '=', organisation)
        .where('name', '=', `browser session of ${id}`)
        .execute();
      return revoke('tokens', id);
    },
    shareLinks: (run) =>
      db
        .selectFrom('share_links')
        .select(['id', 'created_at as createdAt', 'expires_at as expiresAt', 'revoked_at as revokedAt'])
        .where('organisation', '=', organisation)
        .where('run', '=', run)
        .orderBy('created_at')
        .execute(),
    revokeShareLink: (id) => revoke('share_links', id),
    async audit(actor, action, subject) {
      await db.insertInto('audit_log').values({ organisation, actor, action, subject }).execute();
    },
    async auditLog(before, limit) {
      const all = db
        .selectFrom('audit_log')
        .select(['number', 'at', 'actor', 'action', 'subject'])
        .where('organisation', '=', organisation)
        .orderBy('number', 'desc')
        .limit(limit);
      return (before === undefined ? all : all.where('number', '<', before)).execute();
    },
  };
}
