/** What is stored of one organisation: its apps, runs, tokens, links and audit log, and the queries for them. */
import type { Page, PageRequest } from './page.ts';
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
  /** The run whose finished scenarios this one keeps. */
  readonly continues: string | null;
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
  createRun(run: Pick<RunView, 'kind' | 'appName' | 'app'> & Partial<Pick<RunView, 'continues'>>): Promise<string>;
  run(id: string): Promise<RunView | undefined>;
  /** Newest first; of one app when named. */
  runs(page: PageRequest, app?: string): Promise<Page<RunView>>;
  /** The newest ended run of each of these apps. */
  newest(apps: readonly string[]): Promise<ReadonlyMap<string, RunView>>;
  /** Runs that have not ended. */
  openRuns(): Promise<number>;
  deleteRun(id: string): Promise<boolean>;
  /** Names of the files of a run's report, and of its history; none before there is a report. */
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
