/** Keeps the runs that are active on this instance. */
import type { KeyObject } from 'node:crypto';
import type { MockPlaces } from '../mocks/embeddings.ts';
import type { Store } from '../store/store.ts';
import type { Event } from '../../history/event.ts';
import { found, Problem } from '../api/problem.ts';
import type { AppView, RunView } from '../store/organisation.ts';
import type { OrganisationStore } from '../store/organisation-store.ts';
import type { NewRun } from '../store/organisation-runs.ts';
import { startHostedRun, type HostedRun, type HostedRunOptions } from './hosted-run.ts';
import { startLiveSession, type LiveSession } from './live-session.ts';
import type { RunRequest } from './request.ts';

/** Options of `createRegistry`. */
export interface RegistryOptions {
  readonly store: Store;
  readonly places: MockPlaces;
  readonly key: KeyObject;
  /** Id of this instance. */
  readonly instance: string;
  readonly service: string;
  readonly dir: string;
  /** Called when a run has ended. */
  readonly onEnded: () => void;
  /** Reports an unexpected error to the operator. */
  readonly complain: (error: unknown) => void;
}

/** Messages of a run that has ended are kept for its partner so long, in milliseconds. */
const LINGER_MS = 120_000;

interface ActiveRun {
  readonly ended: Promise<void>;
  interrupt(reason: string): void;
}

interface Entry {
  readonly organisation: string;
  /** Set when the partner's harness drives it. */
  readonly run?: HostedRun;
  /** Set when a person drives it. */
  readonly live?: LiveSession;
  readonly active: ActiveRun;
}

/** Values that are the same for all runs of an instance. */
interface Surroundings {
  readonly id: string;
  readonly common: Pick<HostedRunOptions, 'store' | 'log' | 'key' | 'service' | 'dir' | 'embed' | 'most'>;
}

/** Returns the registry of an instance that has no run yet. */
export function createRegistry(options: RegistryOptions) {
  const { store, places, key, instance, service, dir, complain } = options;
  const entries = new Map<string, Entry>();
  const open = new Map<string, ActiveRun>();
  let draining = false;
  let begun = 0;

  /** Admits a run, writes it down and starts it; what cannot be started leaves nothing behind. */
  const admit = async (
    organisation: string,
    run: NewRun,
    start: (parts: Surroundings) => Promise<Omit<Entry, 'organisation'>>,
  ): Promise<string> => {
    if (draining) throw new Problem(503, 'draining', 'This instance is about to stop. Try again.', 5);
    const { limits } = found(await store.organisation(organisation));
    const own = store.of(organisation);
    const id = await own.createRun(run);
    const writer = store.run(id);
    try {
      await assertRoom(own, limits.runs);
      await writer.begin(instance);
      const { events, bytes, inFlight } = limits;
      // Refused requests were not recorded, so later events must not be judged.
      const onRefused = (): void => entries.get(id)?.active.interrupt('Too many requests were sent at once.');
      const embed = () => places.embed(id, { organisation, inFlight, onRefused });
      const common = { key, service, dir, store: writer, log: store.log, embed, most: { events, bytes } };
      const entry = { organisation, ...(await start({ id, common })) };
      entries.set(id, entry);
      open.set(id, entry.active);
      begun += 1;
      void entry.active.ended.then(() => {
        open.delete(id);
        options.onEnded();
        setTimeout(() => entries.delete(id), LINGER_MS).unref();
      });
      return id;
    } catch (error) {
      await own.deleteRun(id).catch(() => undefined);
      throw error;
    }
  };

  return {
    /** Begins a run of an organisation; resolves with its id. @throws Problem 429, 503; HarnessError */
    async begin(organisation: string, request: RunRequest) {
      const { continues = null, app = null } = request;
      const earlier = continues === null ? [] : await earlierParts(store, store.of(organisation), continues);
      return admit(organisation, { kind: 'run', appName: nameOf(request), app, continues }, async ({ common }) => {
        const run = await startHostedRun({ ...common, request, earlier });
        return { run, active: run };
      });
    },
    /** Begins a live session with an app of an organisation; resolves with its id. @throws as `begin` */
    beginLive(organisation: string, { id: app, name, settings }: AppView) {
      return admit(organisation, { kind: 'live', appName: name, app }, async ({ id, common }) => {
        const live = await startLiveSession({ ...common, settings, complain, page: `${service}/runs/${id}` });
        return { live, active: live };
      });
    },
    /** The live session of that id, if it goes on here and belongs to that organisation. */
    findLive(organisation: string, run: string) {
      const entry = open.has(run) ? entries.get(run) : undefined;
      return entry?.organisation === organisation ? entry.live : undefined;
    },
    /** The run of that id, if it lives here and belongs to that organisation. */
    find(organisation: string, run: string) {
      const entry = entries.get(run);
      return entry?.organisation === organisation ? entry.run : undefined;
    },
    /** Whether a run goes on here, or has ended a moment ago. */
    has: (run: string) => entries.has(run),
    /** Ids of the runs that go on here. */
    get active(): readonly string[] {
      return [...open.keys()];
    },
    get open() {
      return open.size;
    },
    /** Runs that have begun here. */
    get begun() {
      return begun;
    },
    /** No new runs are taken. */
    get draining() {
      return draining;
    },
    /** Takes no new runs; resolves when those that go on have ended, or with their interrupted reports after `limitMs`. */
    async drain(limitMs: number) {
      draining = true;
      await endAll([...open.values()], limitMs);
    },
  };
}

/** The runs and live sessions of an instance. */
export type Registry = ReturnType<typeof createRegistry>;

/** Resolves when all have ended; those that take longer than `limitMs` are interrupted. */
async function endAll(open: readonly ActiveRun[], limitMs: number): Promise<void> {
  const timer = setTimeout(() => {
    for (const run of open) run.interrupt('The service is about to stop.');
  }, limitMs);
  await Promise.all(open.map((run) => run.ended));
  clearTimeout(timer);
}

/** Checks the limit of concurrent runs. The run's row counts too, so that of runs beginning at the same time only as many are admitted.
 * @throws Problem 429 */
async function assertRoom(own: OrganisationStore, most: number): Promise<void> {
  if ((await own.openRuns()) <= most) return;
  throw new Problem(429, 'too-many-runs', `The organisation may have ${String(most)} runs at once.`, 30);
}

/** Most times that a run may continue at another instance. */
const MOST_PARTS = 10;

/** Returns the histories of a run that ended with `repeat` and of the runs that it continues, oldest first.
 * @throws Problem 404, 409 */
async function earlierParts(store: Store, own: OrganisationStore, id: string): Promise<readonly (readonly Event[])[]> {
  const parts: (readonly Event[])[] = [];
  for (let next: string | null = id; next !== null;) {
    const run: RunView = found(await own.run(next));
    if (run.state !== 'ended') throw new Problem(409, 'not-ended', 'The run has not ended.', 1);
    if (run.error?.code !== 'repeat' || parts.length >= MOST_PARTS)
      throw new Problem(409, 'not-to-repeat', 'The run cannot be continued.');
    const lines = await store.run(run.id).lines();
    // A run that had not begun has nothing to keep.
    if (lines.length > 0) parts.unshift(lines.map((line) => JSON.parse(line) as Event));
    next = run.continues;
  }
  return parts;
}

function nameOf({ config: { app } }: RunRequest): string {
  return typeof app['name'] === 'string' ? app['name'].slice(0, 200) : 'Unnamed client';
}
