/** The runs that live on this instance. */
import type { KeyObject } from 'node:crypto';
import type { MockPlaces } from '../mocks/embeddings.ts';
import type { Limits } from '../store/tables.ts';
import type { Store } from '../store/store.ts';
import type { Event } from '../../history/event.ts';
import { notFound, Problem } from '../api/problem.ts';
import type { OrganisationStore, RunView } from '../store/organisation.ts';
import { startHostedRun, type HostedRun } from './hosted-run.ts';
import type { RunRequest } from './request.ts';

export interface RegistryOptions {
  readonly store: Store;
  readonly places: MockPlaces;
  readonly key: KeyObject;
  /** Id of this instance. */
  readonly instance: string;
  readonly service: string;
  readonly dir: string;
}

export interface Registry {
  /** Begins a run of an organisation; resolves with its id. @throws Problem 429, 503; HarnessError */
  begin(organisation: string, limits: Limits, request: RunRequest): Promise<string>;
  /** The run of that id, if it lives here and belongs to that organisation. */
  find(organisation: string, run: string): HostedRun | undefined;
  /** Whether a run goes on here, or has ended a moment ago. */
  has(run: string): boolean;
  /** Ids of the runs that go on here. */
  readonly playing: readonly string[];
  readonly open: number;
  /** Runs that have begun here. */
  readonly begun: number;
  /** No new runs are taken. */
  readonly draining: boolean;
  /** Takes no new runs; resolves when those that go on have ended, or with their interrupted reports after `limitMs`. */
  drain(limitMs: number): Promise<void>;
}

/** What an organisation has where nothing else was agreed. */
export const DEFAULT_LIMITS = { runs: 10, requestsPerMinute: 1_200, events: 500_000 } as const;
/** Messages of a run that has ended are kept for its partner so long, in milliseconds. */
const LINGER_MS = 120_000;

interface Entry {
  readonly organisation: string;
  readonly run: HostedRun;
}

/** Returns the registry of an instance that has no run yet. */
export function createRegistry({ store, places, key, instance, service, dir }: RegistryOptions): Registry {
  const entries = new Map<string, Entry>();
  const open = new Set<HostedRun>();
  let draining = false;
  let begun = 0;

  return {
    async begin(organisation, limits, request) {
      if (draining) throw new Problem(503, 'draining', 'This instance is about to stop. Try again.', 5);
      const own = store.of(organisation);
      const most = limits.runs ?? DEFAULT_LIMITS.runs;
      if ((await own.openRuns()) >= most)
        throw new Problem(429, 'too-many-runs', `The organisation may have ${String(most)} runs at once.`, 30);
      const { continues = null } = request;
      const earlier = continues === null ? [] : await earlierParts(store, own, continues);
      const appName = nameOf(request);
      const id = await own.createRun({ kind: 'run', appName, app: request.app ?? null, continues });
      const writer = store.run(id);
      try {
        await writer.begin(instance);
        const run = await startHostedRun({
          ...{ request, key, service, dir, store: writer, log: store.log, earlier },
          embed: () => places.embed(id),
          mostEvents: limits.events ?? DEFAULT_LIMITS.events,
        });
        entries.set(id, { organisation, run });
        open.add(run);
        begun += 1;
        void run.ended.then(() => {
          open.delete(run);
          setTimeout(() => entries.delete(id), LINGER_MS).unref();
        });
        return id;
      } catch (error) {
        await own.deleteRun(id).catch(() => undefined);
        throw error;
      }
    },
    find(organisation, run) {
      const entry = entries.get(run);
      return entry?.organisation === organisation ? entry.run : undefined;
    },
    has: (run) => entries.has(run),
    get playing() {
      return [...entries].flatMap(([id, { run }]) => (open.has(run) ? [id] : []));
    },
    get open() {
      return open.size;
    },
    get begun() {
      return begun;
    },
    get draining() {
      return draining;
    },
    async drain(limitMs) {
      draining = true;
      const ended = Promise.all([...open].map((run) => run.ended));
      const timer = setTimeout(() => {
        for (const run of open) run.interrupt('The service is about to stop.');
      }, limitMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Times that a run goes on elsewhere. */
const MOST_PARTS = 10;

/** Returns what was recorded of a run that ended with `repeat`, and of those that it continues, oldest first. @throws Problem 404, 409 */
async function earlierParts(store: Store, own: OrganisationStore, id: string): Promise<readonly (readonly Event[])[]> {
  const parts: (readonly Event[])[] = [];
  for (let next: string | null = id; next !== null;) {
    const run: RunView | undefined = await own.run(next);
    if (run === undefined) throw notFound();
    if (run.state !== 'ended') throw new Problem(409, 'not-ended', 'The run has not ended.', 1);
    if (run.error?.code !== 'repeat' || parts.length >= MOST_PARTS)
      throw new Problem(409, 'not-to-repeat', 'The run cannot be continued.');
    const lines = await store.run(run.id).lines();
    // A run that was not even begun has nothing to keep.
    if (lines.length > 0) parts.unshift(lines.map((line) => JSON.parse(line) as Event));
    next = run.continues;
  }
  return parts;
}

function nameOf({ config: { app } }: RunRequest): string {
  return typeof app['name'] === 'string' ? app['name'].slice(0, 200) : 'Unnamed client';
}
