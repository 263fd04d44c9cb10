/** Runs a mock for a client that a person drives, and writes the reports at the end. */
import { createFeed, startManagement } from '../../mock-server/management/management.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { Event } from '../history/event.ts';
import { dashboardRoutes, OPEN_PATHS } from '../dashboard/routes.ts';
import { createPromptQueue } from '../drivers/manual/prompt-queue.ts';
import { showInTerminal, type KeySource } from '../drivers/manual/terminal-prompts.ts';
import type { BaselineEntry } from '../run/baseline.ts';
import type { ReportedRun } from '../run/report-run.ts';
import { createBoard } from './board.ts';
import { startSession } from './session.ts';
import { connectionDetails, connectionDetailsText, upstreamDetails } from './connection-details.ts';
import { createControlPort } from './control-port.ts';
import { upstreamAnnouncement, type UpstreamSession } from './upstream-session.ts';

/** Options of `serve`. */
export interface ServeOptions {
  readonly config: LoadedConfig;
  readonly outDir: string;
  readonly formats: readonly string[];
  /** Known failures; default: none. */
  readonly baseline?: readonly BaselineEntry[] | undefined;
  /** Ends the session. */
  readonly signal: AbortSignal;
  /** Prints one or more lines to standard error. */
  readonly say: (text: string) => void;
  /** Where keys are typed; undefined: there is no user, and whatever a test arms survives logins. */
  readonly keys: KeySource | undefined;
  /** Called for Ctrl+C. */
  readonly interrupt: () => void;
  /** Set when a real org replaces the mock. */
  readonly upstream?: UpstreamSession | undefined;
  /** Called when every port listens. */
  readonly onReady?: (ready: Ready) => void;
}

/** The addresses of a session that accepts requests. */
export interface Ready {
  readonly loginUrl: string;
  /** Origin of the dashboard and the control port. */
  readonly controlUrl: string;
  readonly dir: string;
  /** Returns an absolute link that lets one browser into the dashboard, once. */
  readonly link: () => string;
  /** Bearer token of the dashboard's port. */
  readonly token: string;
}

/** The result of `serve`. */
export interface ServeOutcome extends Pick<ReportedRun, 'report' | 'files' | 'stale' | 'expired'> {
  /** Folder of the run. */
  readonly dir: string;
  /** Whether at least one authorization or token request arrived. */
  readonly judged: boolean;
  /** Set when the user starts over: the configuration of a session at the same addresses, with the same token. */
  readonly next: LoadedConfig | undefined;
}

/** Runs a session. Resolves once it has ended, by `signal` or from the dashboard, and its reports are written.
 * @throws HarnessError `port-in-use`, `out-not-writable` … */
export async function serve(options: ServeOptions): Promise<ServeOutcome> {
  const { config, outDir, formats, baseline = [], signal, say, keys, interrupt, upstream } = options;
  const promptQueue = createPromptQueue({ now: Date.now });
  const feed = createFeed();
  const controlPort = createControlPort(config);
  const onEvent = (event: Event): void => {
    feed.push(event);
    controlPort.see(event);
  };
  const attended = keys !== undefined;
  if (upstream !== undefined) say(upstreamAnnouncement(upstream.target, outDir));
  const session = await startSession({
    ...{ config, promptQueue, outDir, formats, baseline, say, onEvent, attended },
    upstream: upstream && { ...upstream, say },
  });
  const { mock } = session;
  if (upstream?.probe === true) {
    const { probeOrg } = await import('./probe-org.ts');
    await probeOrg({ config, upstream, say, record: (body) => session.record(body) }).catch(async (error: unknown) => {
      await session.finish();
      throw error;
    });
  }
  const lines = upstream === undefined ? connectionDetails(config, mock) : upstreamDetails(upstream.target, mock);
  const ending = Promise.withResolvers<boolean>();
  const end = (): void => ending.resolve(false);
  const startOver = (): void => ending.resolve(true);
  const complain = (error: unknown): void => say(error instanceof Error ? error.message : String(error));
  const { name, client } = config.app;
  const board = createBoard({
    ...{ session, promptQueue, app: { name, client }, connectionDetails: lines, end, startOver, complain },
    upstream: upstream !== undefined,
  });
  const { loginUrl, instanceUrl } = mock;
  const port = controlPort.open(session, upstream !== undefined);
  const dashboard = await startManagement(
    {
      mock: {
        ...{ loginUrl, instanceUrl, control: port.control },
        get open() {
          return mock.open;
        },
      },
      feed,
      mode: config.mock.policy,
    },
    {
      ...{ ...config.dashboard, public: config.mock.public && upstream === undefined, open: OPEN_PATHS },
      more: [port.middleware, dashboardRoutes(board)],
    },
  ).catch(async (error: unknown) => {
    await session.finish();
    throw error;
  });
  const sayLink = (): void => say(`\nDashboard (this link works once; l prints another): ${dashboard.link()}`);
  const stopShowing = attended
    ? showInTerminal({ promptQueue, keys, say, interrupt, more: { l: sayLink } })
    : (): void => undefined;
  try {
    say(`${name}: type this into your client (a ${client} client).\n`);
    say(connectionDetailsText(lines));
    sayLink();
    say(`Log in with your client. ${attended ? 'Ctrl+C' : 'SIGTERM'} ends the session and writes the reports.`);
    const { token, origin: controlUrl } = dashboard;
    if (!attended && config.dashboard.token === undefined) say(`Control port: ${controlUrl}, token: ${token}`);
    options.onReady?.({ loginUrl, controlUrl, dir: session.dir, link: () => dashboard.link(), token });
    // What fails here fails again, and is recorded, when a user signs in.
    mock.prepareSignIn().catch(() => undefined);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    const again = await ending.promise;
    const { report, files, stale, expired } = await session.finish();
    const next = again ? sameAddresses(config, { loginUrl, instanceUrl, controlUrl, token }) : undefined;
    return { report, files, stale, expired, dir: session.dir, judged: session.judged, next };
  } finally {
    signal.removeEventListener('abort', end);
    stopShowing();
    port.close();
    await dashboard.close();
  }
}

/** Returns the configuration with the ports and the token of the ended session, which client and dashboard keep. */
function sameAddresses(
  config: LoadedConfig,
  { loginUrl, instanceUrl, controlUrl, token }: Record<'loginUrl' | 'instanceUrl' | 'controlUrl' | 'token', string>,
): LoadedConfig {
  const portOf = (url: string): number => Number(new URL(url).port);
  return {
    ...config,
    mock: { ...config.mock, port: portOf(loginUrl), instancePort: portOf(instanceUrl) },
    dashboard: { ...config.dashboard, port: portOf(controlUrl), token },
  };
}
