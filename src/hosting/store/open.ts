/** Opens the database of the service: PostgreSQL, or PGlite in this process with the same SQL. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { HarnessError } from '../../errors.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Tables } from './tables.ts';

/** The open database, with the types of its tables. */
export type Database = Kysely<Tables>;

/** Location of the database. */
export interface DatabasePlace {
  /** `postgres://…`; absent: PGlite in `dir`. */
  readonly url?: string | undefined;
  /** Folder of the service; PGlite uses `database/` inside it. */
  readonly dir: string;
}

const MOST_CONNECTIONS = 10;
const CONNECT_MS = 5_000;

/** Opens the database and migrates its tables. `destroy()` closes it.
 * @throws HarnessError `no-database` (exit 2) when it cannot be reached or migrated */
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
  // An idle connection that breaks is replaced at the next query, which reports the error.
  pool.on('error', () => undefined);
  // A connection that breaks inside a transaction makes the next query fail.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new PostgresDialect({ pool });
}

/** Returns whether an error of a query means that the database is unavailable: PostgreSQL's classes 08 and 57P, a system error, or the
 * error of `pg` for a broken connection. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : undefined;
  return code === undefined ? error.constructor === Error : /^(?:08|57P|E[A-Z])/u.test(code);
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message || error.name : String(error)).replace(/\.$/u, '');
