/** Keeps a mock running for a client that a person drives, and ends with the reports. */
import { createFeed, startManagement } from '../../mock-server/management/management.ts';
import type { LoadedConfig } from '../config/load.ts';
import { dashboardRoutes } from '../dashboard/routes.ts';
import { createPromptQueue } from '../drivers/manual/prompt-queue.ts';
import { showInTerminal, type KeySource } from '../drivers/manual/terminal-prompts.ts';
import type { BaselineEntry } from '../run/baseline.ts';
import type { ReportedRun } from '../run/report-run.ts';
import { createBoard } from './board.ts';
import { startSession } from './session.ts';
import { connectionDetails, connectionDetailsText, upstreamDetails } from './connection-details.ts';
import { createRecordingControl } from './recording-control.ts';
import { upstreamAnnouncement, type UpstreamSession } from './upstream-session.ts';

export interface ServeOptions {
  readonly config: LoadedConfig;
  readonly outDir: string;
  readonly formats: readonly string[];
  /** Known failures; default: none. */
  readonly baseline?: readonly BaselineEntry[] | undefined;
  /** Ends the session. */
  readonly signal: AbortSignal;
  /** One or more lines for the person, on standard error. */
  readonly say: (text: string) => void;
  /** Where keys are typed. */
  readonly keys: KeySource;
  /** Ctrl+C was typed. */
  readonly interrupt: () => void;
  /** A real org in the place of the mock. */
  readonly upstream?: UpstreamSession | undefined;
  /** Runs when everything listens. */
  readonly onReady?: (ready: Ready) => void;
}

export interface Ready {
  readonly loginUrl: string;
  readonly dir: string;
  /** Absolute; lets one browser into the dashboard, once. */
  readonly link: () => string;
  /** Bearer token of the dashboard's port. */
  readonly token: string;
}

export interface ServeOutcome extends Pick<ReportedRun, 'report' | 'files' | 'stale' | 'expired'> {
  /** Folder of the run. */
  readonly dir: string;
  /** At least one authorization or token request arrived. */
  readonly judged: boolean;
}

/** Resolves once the session has ended, by `signal` or from the dashboard, and its reports are written.
 * @throws HarnessError `port-in-use`, `out-not-writable` … */
export async function serve(options: ServeOptions): Promise<ServeOutcome> {
  const { config, outDir, formats, baseline = [], signal, say, keys, interrupt } = options;
  const promptQueue = createPromptQueue({ now: Date.now });
  const feed = createFeed();
  const onEvent = feed.push.bind(feed);
  const { upstream } = options;
  if (upstream !== undefined) say(upstreamAnnouncement(upstream.target, outDir));
  const session = await startSession({
    ...{ config, promptQueue, outDir, formats, baseline, say, onEvent },
    upstream: upstream && { ...upstream, say },
  });
  const { mock } = session;
  const lines = upstream === undefined ? connectionDetails(config, mock) : upstreamDetails(upstream.target, mock);
  const ending = Promise.withResolvers<undefined>();
  const end = (): void => ending.resolve(undefined);
  const complain = (error: unknown): void => say(error instanceof Error ? error.message : String(error));
  const { name, client } = config.app;
  const board = createBoard({ session, promptQueue, app: { name, client }, connectionDetails: lines, end, complain });
  const { loginUrl, instanceUrl } = mock;
  const dashboard = await startManagement(
    {
      mock: {
        ...{ loginUrl, instanceUrl, control: createRecordingControl(session) },
        get open() {
          return mock.open;
        },
      },
      feed,
      mode: config.mock.policy,
    },
    { ...config.dashboard, public: config.mock.public, more: [dashboardRoutes(board)] },
  ).catch(async (error: unknown) => {
    await session.finish();
    throw error;
  });
  const sayLink = (): void => say(`\nDashboard (this link works once; l prints another): ${dashboard.link()}`);
  const stopShowing = showInTerminal({ promptQueue, keys, say, interrupt, more: { l: sayLink } });
  try {
    say(`${name}: type this into your client (a ${client} client).\n`);
    say(connectionDetailsText(lines));
    sayLink();
    say('Log in with your client. Ctrl+C ends the session and writes the reports.');
    options.onReady?.({ loginUrl, dir: session.dir, link: () => dashboard.link(), token: dashboard.token });
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    await ending.promise;
    const { report, files, stale, expired } = await session.finish();
    return { report, files, stale, expired, dir: session.dir, judged: session.judged };
  } finally {
    signal.removeEventListener('abort', end);
    stopShowing();
    await dashboard.close();
  }
}
