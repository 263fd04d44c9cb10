/** The schema in plain SQL, step by step: `migrations/*.sql`. A step that has been released is never changed. */
import { readFileSync } from 'node:fs';
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The steps by name, in order; Kysely's migrator runs those that a database has not had yet, under a lock. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = Object.fromEntries(
  ['0001-begin', '0002-instances', '0003-webhooks', '0004-sign-in'].map((name) => [
    name,
    { up: (db) => migrate(name, db) },
  ]),
);

async function migrate(name: string, db: Kysely<unknown>): Promise<void> {
  const text = readFileSync(new URL(`./migrations/${name}.sql`, import.meta.url), 'utf8');
  // One statement at a time: prepared statements hold no more than one.
  for (const statement of text.split(/;\n(?=create |alter |drop )/u)) await sql.raw(statement).execute(db);
}
