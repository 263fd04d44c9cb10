/** The tables of the service for Kysely; `migrations.ts` creates them. */
import type { ColumnType, Generated } from 'kysely';
import type { Failure } from '../link/peer.ts';
import type { DeliveryView, Limits, RunView, Scope, SignInRule } from './organisation.ts';

type Instant = ColumnType<Date, Date, Date>;
type CreatedAt = ColumnType<Date, Date | undefined, never>;
type MaybeInstant = ColumnType<Date | null, Date | null | undefined, Date | null>;
/** Read parsed and written as JSON text: pg and PGlite send lists differently. */
type Json<T> = ColumnType<T, string, string>;

/** Columns of the tables. */
export interface Tables {
  organisations: {
    id: string;
    name: string;
    limits: Json<Partial<Limits>>;
    retention_days: Generated<number>;
    created_at: CreatedAt;
  };
  tokens: {
    id: string;
    /** Null for a token of the service's administrator. */
    organisation: string | null;
    name: string;
    hash: string;
    scopes: Json<readonly Scope[]>;
    created_at: CreatedAt;
    expires_at: MaybeInstant;
    revoked_at: MaybeInstant;
  };
  apps: {
    id: string;
    organisation: string;
    name: string;
    /** The complete `app` section of a configuration. */
    settings: Json<Readonly<Record<string, unknown>>>;
    created_at: CreatedAt;
  };
  runs: {
    id: string;
    organisation: string;
    app: string | null;
    kind: RunView['kind'];
    app_name: string;
    state: RunView['state'];
    owner: string | null;
    /** Id of the run whose finished scenarios this one keeps, because its instance was gone. */
    continues: string | null;
    verdict: string | null;
    summary: string | null;
    error: Json<Failure> | null;
    published_as: string | null;
    created_at: CreatedAt;
    ended_at: MaybeInstant;
  };
  scenarios: { run: string; id: string; outcome: string; duration_ms: number; last_seq: number };
  events: { run: string; seq: number; line: string };
  reports: { run: string; file: string; sha256: string; content: ColumnType<Uint8Array, Uint8Array, never> };
  publications: { number: number; signature: string; entry: string; link: string };
  share_links: {
    id: string;
    organisation: string;
    run: string;
    hash: string;
    created_at: CreatedAt;
    expires_at: Instant;
    revoked_at: MaybeInstant;
  };
  webhooks: { id: string; organisation: string; url: string; created_at: CreatedAt };
  sign_in_rules: {
    id: string;
    organisation: string;
    kind: SignInRule['kind'];
    value: string;
    scopes: Json<readonly Scope[]>;
    created_at: CreatedAt;
  };
  deliveries: {
    id: Generated<string>;
    webhook: string;
    run: string;
    state: Generated<DeliveryView['state']>;
    attempts: Generated<number>;
    /** Null: it is over. While an instance sends it: when another one may. */
    due_at: MaybeInstant;
    answer: string | null;
    created_at: CreatedAt;
  };
  audit_log: {
    number: Generated<number>;
    organisation: string;
    at: CreatedAt;
    actor: string;
    action: string;
    subject: string;
  };
  idempotency_keys: {
    organisation: string;
    key: string;
    digest: string;
    status: number;
    body: string;
    created_at: CreatedAt;
  };
  instances: { id: string; address: string; draining: Generated<boolean>; seen_at: Instant; public_key: string };
  mock_ports: { port: number; instance: string; run: string };
}
