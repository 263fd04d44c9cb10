/** Provides the data of the service itself, and access to the data of one organisation or one run. */
import { sql } from 'kysely';
import { createIdempotency } from './idempotency.ts';
import { hashOf, newId, newSecret } from './ids.ts';
import type { Database } from './open.ts';
import { createOrganisationStore } from './organisation-store.ts';
import { limitsSchema, SCOPES, type Limits, type Scope } from './organisation.ts';
import { createPublicationLog } from './publication-log.ts';
import { createRunStore } from './run-store.ts';
import type { Tables } from './tables.ts';
import { createDeliveries } from './webhooks.ts';

/** The sender of a request. */
export interface Principal {
  readonly token: string;
  /** Undefined for the administrator of the service. */
  readonly organisation: string | undefined;
  readonly scopes: readonly Scope[];
}

/** A token to create. */
export interface NewToken {
  readonly organisation: string | undefined;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: Date | undefined;
}

const TOKEN = /^sfc_(t[a-z2-9]{20})_([\w-]{43})$/u;

/** Creates the store in an opened database. */
export function createStore(db: Database) {
  return {
    async createOrganisation(name: string, limits: Partial<Limits> = {}) {
      const id = newId('o');
      await db
        .insertInto('organisations')
        .values({ id, name, limits: JSON.stringify(limits) })
        .execute();
      return id;
    },
    async organisation(id: string) {
      const row = await db.selectFrom('organisations').selectAll().where('id', '=', id).executeTakeFirst();
      return (
        row && { id: row.id, name: row.name, limits: limitsSchema.parse(row.limits), retentionDays: row.retention_days }
      );
    },
    /** Deletes an organisation with all its data; false when there is none. */
    async deleteOrganisation(id: string) {
      const { numDeletedRows } = await db.deleteFrom('organisations').where('id', '=', id).executeTakeFirst();
      return numDeletedRows > 0n;
    },
    /** Creates a token and resolves with it; only its hash is stored. */
    createToken: (token: NewToken) => createToken(db, token),
    /** Resolves with the principal of a token that is currently valid. */
    async authenticate(token: string): Promise<Principal | undefined> {
      const [, id, secret] = TOKEN.exec(token) ?? [];
      if (id === undefined || secret === undefined) return undefined;
      const row = await db
        .selectFrom('tokens')
        .select(['id', 'organisation', 'scopes'])
        .where('id', '=', id)
        .where('hash', '=', hashOf(secret))
        .where('revoked_at', 'is', null)
        .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', sql<Date>`now()`)]))
        .executeTakeFirst();
      return row && principalOf(row);
    },
    /** Returns whether a token of the service's administrator exists. */
    async hasAdministrator() {
      const row = await db.selectFrom('tokens').select('id').where('organisation', 'is', null).executeTakeFirst();
      return row !== undefined;
    },
    /** Returns the data of one organisation and no other: the only place that separates them. */
    of: (organisation: string) => createOrganisationStore(db, organisation),
    /** Returns the writer for the owner of a run. */
    run: (id: string) => createRunStore(db, id),
    log: createPublicationLog(db),
    idempotency: createIdempotency(db),
    deliveries: createDeliveries(db),
    /** The run that is published under a name. */
    published: (name: string) =>
      db.selectFrom('runs').select(['organisation', 'id as run']).where('published_as', '=', name).executeTakeFirst(),
    /** Returns the run of an unexpired share link. */
    shared: (secret: string) =>
      db
        .selectFrom('share_links')
        .select(['organisation', 'run'])
        .where('hash', '=', hashOf(secret))
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', sql<Date>`now()`)
        .executeTakeFirst(),
    /** Deletes ended runs that are older than their organisation's retention. Resolves with their number. */
    async deleteExpired(now: Date) {
      const { numDeletedRows } = await db
        .deleteFrom('runs')
        .using('organisations')
        .whereRef('organisations.id', '=', 'runs.organisation')
        .where(
          'runs.ended_at',
          '<',
          sql<Date>`${now.toISOString()}::timestamptz - make_interval(days => retention_days)`,
        )
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

/** The queries of the service itself, and access to those of one organisation or run. */
export type Store = ReturnType<typeof createStore>;

/** Creates a token: `sfc_`, its id and its secret. */
async function createToken(
  db: Database,
  { organisation, name, scopes, expiresAt }: NewToken,
): Promise<{ readonly id: string; readonly token: string }> {
  const id = newId('t');
  const secret = newSecret();
  await db
    .insertInto('tokens')
    .values({
      ...{ id, name, organisation: organisation ?? null, expires_at: expiresAt ?? null },
      ...{ hash: hashOf(secret), scopes: JSON.stringify(scopes) },
    })
    .execute();
  return { id, token: `sfc_${id}_${secret}` };
}

function principalOf(row: Pick<Tables['tokens'], 'id' | 'organisation'> & { readonly scopes: readonly Scope[] }) {
  const scopes = SCOPES.filter((scope) => row.scopes.includes(scope));
  return { token: row.id, organisation: row.organisation ?? undefined, scopes };
}
