/** The store of the service: what belongs to the service itself, and doors to what belongs to one organisation or one run. */
import { sql } from 'kysely';
import { createIdempotency, type Idempotency } from './idempotency.ts';
import { hashOf, newId, newSecret } from './ids.ts';
import type { Database } from './open.ts';
import { createOrganisationStore } from './organisation-store.ts';
import type { OrganisationStore } from './organisation.ts';
import { createPublicationLog, type PublicationLog } from './publication-log.ts';
import { createRunStore, type RunStore } from './run-store.ts';
import type { Limits, Tables } from './tables.ts';

/** What a token allows. `service`: everything of the service itself. */
export const SCOPES = ['read', 'run', 'manage', 'service'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who sends a request. */
export interface Principal {
  readonly token: string;
  /** Undefined: the service's own administrator. */
  readonly organisation: string | undefined;
  readonly scopes: readonly Scope[];
}

export interface NewToken {
  readonly organisation: string | undefined;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: Date | undefined;
}

export interface OrganisationView {
  readonly id: string;
  readonly name: string;
  readonly limits: Limits;
  readonly retentionDays: number;
}

export interface Store {
  createOrganisation(name: string, limits?: Limits): Promise<string>;
  organisation(id: string): Promise<OrganisationView | undefined>;
  /** Deletes an organisation and everything of it. False: there is none. */
  deleteOrganisation(id: string): Promise<boolean>;
  /** Resolves with the token itself, which is kept as a hash only. */
  createToken(token: NewToken): Promise<{ readonly id: string; readonly token: string }>;
  /** Resolves with the principal of a token that is valid now. */
  authenticate(token: string): Promise<Principal | undefined>;
  /** Whether a token of the service itself exists. */
  hasAdministrator(): Promise<boolean>;
  /** Everything of one organisation, and nothing of another: the one place that separates them. */
  of(organisation: string): OrganisationStore;
  /** What the owner of a run writes. */
  run(id: string): RunStore;
  readonly log: PublicationLog;
  readonly idempotency: Idempotency;
  /** The run that is published under a name. */
  published(name: string): Promise<{ readonly organisation: string; readonly run: string } | undefined>;
  /** The run that an unexpired link leads to. */
  shared(secret: string): Promise<{ readonly organisation: string; readonly run: string } | undefined>;
  /** Deletes ended runs that are older than their organisation keeps them. Resolves with how many. */
  deleteExpired(now: Date): Promise<number>;
}

const TOKEN = /^sfc_(t[a-z2-9]{20})_([\w-]{43})$/u;

/** Returns the store in a database that `openDatabase` has opened. */
export function createStore(db: Database): Store {
  return {
    async createOrganisation(name, limits = {}) {
      const id = newId('o');
      await db
        .insertInto('organisations')
        .values({ id, name, limits: JSON.stringify(limits) })
        .execute();
      return id;
    },
    async organisation(id) {
      const row = await db.selectFrom('organisations').selectAll().where('id', '=', id).executeTakeFirst();
      return row && { id: row.id, name: row.name, limits: row.limits, retentionDays: row.retention_days };
    },
    async deleteOrganisation(id) {
      const { numDeletedRows } = await db.deleteFrom('organisations').where('id', '=', id).executeTakeFirst();
      return numDeletedRows > 0n;
    },
    createToken: (token) => createToken(db, token),
    async authenticate(token) {
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
    async hasAdministrator() {
      const row = await db.selectFrom('tokens').select('id').where('organisation', 'is', null).executeTakeFirst();
      return row !== undefined;
    },
    of: (organisation) => createOrganisationStore(db, organisation),
    run: (id) => createRunStore(db, id),
    log: createPublicationLog(db),
    idempotency: createIdempotency(db),
    published: (name) =>
      db.selectFrom('runs').select(['organisation', 'id as run']).where('published_as', '=', name).executeTakeFirst(),
    shared: (secret) =>
      db
        .selectFrom('share_links')
        .select(['organisation', 'run'])
        .where('hash', '=', hashOf(secret))
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', sql<Date>`now()`)
        .executeTakeFirst(),
    async deleteExpired(now) {
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

function principalOf(row: Pick<Tables['tokens'], 'id' | 'organisation'> & { readonly scopes: readonly string[] }) {
  const scopes = SCOPES.filter((scope) => row.scopes.includes(scope));
  return { token: row.id, organisation: row.organisation ?? undefined, scopes };
}
