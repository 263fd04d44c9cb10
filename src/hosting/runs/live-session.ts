/** Runs a live session on this instance: a person drives the client against a mock of the service and sees verdicts live. */
import type { KeyObject } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Middleware } from 'koa';
import { createFeed, explaining, openStream } from '../../../mock-server/management/management.ts';
import type { Embedding } from '../../../mock-server/start.ts';
import { resolveConfig } from '../../config/resolve.ts';
import { dashboardRoutes } from '../../dashboard/routes.ts';
import { createPromptQueue } from '../../drivers/manual/prompt-queue.ts';
import type { Event } from '../../history/event.ts';
import { createBoard } from '../../serve/board.ts';
import { connectionDetails } from '../../serve/connection-details.ts';
import { startSession } from '../../serve/session.ts';
import { failureOf } from '../link/peer.ts';
import type { PublicationLog } from '../store/publication-log.ts';
import type { RunStore } from '../store/run-store.ts';
import { keepReport, retried } from './keep-report.ts';
import { createKeeper, type KeeperOptions } from './keeper.ts';

/** Options of `startLiveSession`. */
export interface LiveOptions {
  /** The complete `app` section of a configuration. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly store: RunStore;
  readonly log: PublicationLog;
  readonly key: KeyObject;
  /** Public origin of the service. */
  readonly service: string;
  /** URL of the run's page, where the report will be. */
  readonly page: string;
  readonly dir: string;
  readonly embed: () => Promise<Embedding>;
  /** Events and bytes after which the session ends. */
  readonly most: KeeperOptions['most'];
  readonly complain: (error: unknown) => void;
}

/** The longest session, in milliseconds. */
const LONGEST_MS = 4 * 3_600_000;

/** Starts the mock and the recording of a session. @throws HarnessError `config-invalid`, `no-port` */
export async function startLiveSession(options: LiveOptions) {
  const { settings, store, log, key, service, page, embed, complain } = options;
  const folder = await mkdtemp(join(options.dir, 'live-'));
  const config = resolveConfig({ app: settings }, { dir: folder, cwd: folder, env: {} });
  const ending = Promise.withResolvers<undefined>();
  const end = (): void => ending.resolve(undefined);
  // The user never waits for the database here: only the end of the session needs it.
  const keeper = createKeeper({ store, holdMs: LONGEST_MS, most: options.most, onFull: end, onLost: end });
  const feed = createFeed();
  const promptQueue = createPromptQueue({ now: Date.now });
  const session = await startSession({
    ...{ config, promptQueue, outDir: folder, formats: config.report.formats, baseline: [], attended: true },
    hosted: { key, service, embedding: await embed() },
    say: () => undefined,
    onEvent(event) {
      keeper.see(event);
      feed.push(event);
    },
  });
  const { name, client } = config.app;
  const board = createBoard({
    ...{ session, promptQueue, app: { name, client }, end, complain, upstream: false },
    connectionDetails: connectionDetails(config, session.mock),
  });
  const longest = setTimeout(end, LONGEST_MS);
  const finish = async (): Promise<void> => {
    await ending.promise;
    clearTimeout(longest);
    const { report } = await session.finish();
    await keeper.kept();
    await keepReport({ store, log, dir: session.dir, withHistory: false });
    await retried(() => store.end({ verdict: report.verdict, summary: report.summary }));
  };
  const ended = finish()
    .catch((error: unknown) => {
      complain(error);
      return retried(() => store.end({ error: failureOf(error) })).catch(complain);
    })
    .finally(() => rm(folder, { recursive: true, force: true }));
  const routes = dashboardRoutes({ ...board, view: () => ({ ...board.view(), folder: page }) }, true);
  return {
    /** Answers the paths of its page, from `/` on, for a browser that may see it. */
    answer: async (...[ctx, next]: Parameters<Middleware>) => {
      await explaining(ctx, async () => {
        if (ctx.method === 'GET' && ctx.path === '/events') events(ctx, feed);
        else await routes(ctx, next);
      });
    },
    /** Ends the session with its report. */
    interrupt: end,
    /** Resolves when its report is kept. Never rejects. */
    ended,
  };
}

/** A live session that goes on. */
export type LiveSession = Awaited<ReturnType<typeof startLiveSession>>;

/** Sends the events of a session, resumed after the last one that the browser has. */
function events(ctx: Parameters<Middleware>[0], feed: ReturnType<typeof createFeed>): void {
  const last = Number(ctx.get('Last-Event-ID') || Number.NaN);
  const stream = openStream(ctx);
  const send = (event: Event): void => stream.send({ id: event.seq, data: event });
  for (const event of feed.since(Number.isSafeInteger(last) ? last : undefined)) send(event);
  stream.onClose(feed.subscribe(send));
}
