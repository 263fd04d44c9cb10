/** Opens the database of the service: PostgreSQL, or the same SQL in this process. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { HarnessError } from '../../errors.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

export interface DatabasePlace {
  /** `postgres://…`; absent: PGlite in `dir`. */
  readonly url?: string | undefined;
  /** Folder of the service; the database is `database/` in it. */
  readonly dir: string;
}

const MOST_CONNECTIONS = 10;
const CONNECT_MS = 5_000;

/**
 * Opens the database and brings its tables up to date. `destroy()` closes it.
 * @throws HarnessError `no-database` (exit 2) when it cannot be reached or its tables cannot be brought up to date
 */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  const db = new Kysely<Tables>({
    dialect: place.url === undefined ? await embedded(place.dir) : await server(place.url),
  });
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return db;
  await db.destroy().catch(() => undefined);
  const hint =
    place.url === undefined
      ? 'Name another folder with --data; one folder belongs to one process.'
      : 'Check DATABASE_URL, and that PostgreSQL 15 or newer is running.';
  throw new HarnessError('no-database', `The database cannot be used: ${messageOf(error)}.`, hint, { cause: error });
}

/** Resolves when the database answers; rejects when it does not. */
export async function pingDatabase(db: Database): Promise<void> {
  await sql`select 1`.execute(db);
}

async function embedded(dir: string): Promise<PGliteDialect> {
  const { PGlite } = await import('@electric-sql/pglite');
  const folder = join(dir, 'database');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return new PGliteDialect({ pglite: () => PGlite.create(folder) });
}

async function server(url: string): Promise<PostgresDialect> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString: url,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
  });
  // An idle connection that breaks is replaced at the next query, which reports what is wrong.
  pool.on('error', () => undefined);
  // One that breaks inside a transaction makes the next query fail.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new PostgresDialect({ pool });
}

/** Whether an error of a query says that the database is away: PostgreSQL's classes 08 and 57P, a code of the system, or the plain error of `pg` for a connection that broke. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : undefined;
  return code === undefined ? error.constructor === Error : /^(?:08|57P|E[A-Z])/u.test(code);
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message || error.name : String(error)).replace(/\.$/u, '');
