/** Runs a live session: one mock, one history, one user, and live verdicts. */
import type { KeyObject } from 'node:crypto';
import type { Mock, Mode } from '../../mock-server/mock.ts';
import type { Embedding } from '../../mock-server/start.ts';
import { loadSigningKey } from '../../reports/integrity/signing-key.ts';
import type { LoadedConfig } from '../config/load.ts';
import { createManualDriver } from '../drivers/manual.ts';
import type { PromptQueue } from '../drivers/manual/prompt-queue.ts';
import type { Graded } from '../grade/grade.ts';
import type { Event, EventBody } from '../history/event.ts';
import { describeApp } from '../run/app-description.ts';
import type { BaselineEntry } from '../run/baseline.ts';
import { loadRuleCatalogue } from '../run/catalogue.ts';
import { openRun, type OpenRun } from '../run/open-run.ts';
import { plan } from '../run/plan.ts';
import type { ReportedRun } from '../run/report-run.ts';
import type { Scenario } from '../run/scenario.ts';
import type { Action } from './actions.ts';
import { AUTOMATED_ONLY } from './automated-only.ts';
import { createGuide } from './guide.ts';
import { createLiveGrade, type LiveGrade } from './live-grade.ts';
import { startLiveMock, type LiveMock } from './live-mock.ts';
import { LOGIN, type LiveScenario } from './live-scenarios.ts';
import type { Recording } from './recording.ts';
import { createReports } from './reports.ts';
import type { UpstreamSession } from './upstream-session.ts';
import { runsWithUpstream } from './upstream-scenarios.ts';

/** Options of `startSession`. */
export interface SessionOptions {
  readonly config: LoadedConfig;
  readonly promptQueue: PromptQueue;
  readonly outDir: string;
  readonly formats: readonly string[];
  /** Known failures. */
  readonly baseline: readonly BaselineEntry[];
  /** Shows one sentence to the user. */
  readonly say: (text: string) => void;
  /** Whether a user is present: a new login then removes whatever was armed by hand. */
  readonly attended: boolean;
  /** Called with every event, from the first on. */
  readonly onEvent?: ((event: Event) => void) | undefined;
  /** Set when a real org replaces the mock. */
  readonly upstream?: UpstreamSession | undefined;
  /** Set for a session of a service: its key, its origin, and the embedding of its mock. */
  readonly hosted?: { readonly key: KeyObject; readonly service: string; readonly embedding: Embedding } | undefined;
}

/** A live session, as the dashboard and the control port use it. */
export interface Session {
  readonly mock: Mock;
  /** Folder of the run. */
  readonly dir: string;
  readonly recording: Pick<Recording, 'track' | 'guided'>;
  readonly graded: Graded;
  /** Whether the history is too long for live verdicts. */
  readonly full: boolean;
  /** Whether an authorization or token request has arrived, so that there is something to judge. */
  readonly judged: boolean;
  /** Scenarios that a person can be guided through, and whether they have been run. */
  readonly scenarios: readonly { readonly scenario: Scenario; readonly over: boolean }[];
  readonly running: Scenario | undefined;
  /** Number of held refreshes; undefined when refreshes are not held. */
  readonly held: number | undefined;
  readonly observing: boolean;
  blocked(action: Action): string | undefined;
  /** Performs an action; returns false without doing anything while a scenario runs or when the action is blocked. */
  act(action: Action): boolean;
  /** Adds a finding about a real org to the history. */
  record(body: EventBody): void;
  /** Records live traffic under `track` from now on, with the phase that checks read. */
  enter(track: LiveScenario): void;
  /** Changes the mode: `true`: the mock enforces nothing of the partner rule. `false`: as configured. Returns false while a scenario runs. */
  observe(on: boolean | Mode): boolean;
  /** Guides the user through a scenario and resolves when it has ended. Does nothing while another one runs. */
  guide(scenario: Scenario): Promise<void>;
  stopGuiding(): void;
  /** Writes the reports of the events so far; the session continues. */
  write(): Promise<ReportedRun>;
  /** Ends the session and writes the reports. */
  finish(): Promise<ReportedRun>;
  /** Calls `listener` when verdicts or scenarios have changed. */
  onChange(listener: () => void): () => void;
}

/** Starts a live session. @throws HarnessError `port-in-use`, `out-not-writable`, `settings-path`. */
export async function startSession(options: SessionOptions): Promise<Session> {
  const { config, promptQueue, outDir, formats, baseline, say, onEvent, attended, upstream, hosted } = options;
  const catalogue = await loadRuleCatalogue(config.rules);
  const driver = createManualDriver({ promptQueue });
  const about = { app: describeApp(config), abilities: driver.abilities };
  const { scenarios, selection } = plan(catalogue, { suites: config.run.suites }, about);
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const grading = createLiveGrade({ catalogue, onGraded: changed });
  const key = hosted?.key ?? (await loadSigningKey()).key;
  const opened = await openRun({
    ...{ config, driver, selection, outDir, key, say, upstream: upstream !== undefined },
    recordedBy: hosted?.service,
    onEvent: (event) => {
      grading.see(event);
      onEvent?.(event);
    },
  });
  const started = startLiveMock({ config, opened, changed, attended, upstream, embedding: hosted?.embedding });
  const live = await started.catch(async (error: unknown) => {
    grading.stop();
    await opened.log.close();
    opened.finish();
    throw error;
  });
  const strict = catalogue.scenarios.filter(({ id }) => id === 'strict');
  const playable = scenarios.filter(({ id }) => id !== LOGIN.id && !AUTOMATED_ONLY.has(id)).concat(strict);
  return createSession({
    ...{ config, opened, live, grading, changed, listeners, upstream: upstream !== undefined },
    scenarios: (upstream === undefined ? playable : playable.filter(runsWithUpstream)).toSorted(
      (a, b) => (a.rank ?? 50) - (b.rank ?? 50),
    ),
    writeAll: createReports(outDir, opened, { formats, baseline, signing: { key } }),
  });
}

interface SessionParts {
  readonly config: LoadedConfig;
  readonly opened: OpenRun;
  readonly live: LiveMock;
  readonly grading: LiveGrade;
  /** Scenarios that a person can be guided through, in order. */
  readonly scenarios: readonly Scenario[];
  readonly writeAll: () => Promise<ReportedRun>;
  readonly listeners: Set<() => void>;
  readonly changed: () => void;
  /** Whether a real org replaces the mock. */
  readonly upstream: boolean;
}

function createSession(parts: SessionParts): Session {
  const { config, opened, live, grading, scenarios, writeAll, listeners, changed } = parts;
  const { observer, log, folder } = opened;
  const guide = createGuide({ config, opened, live, changed });
  let ended: Promise<ReportedRun> | undefined;
  const busy = (): boolean => ended !== undefined || guide.current !== undefined;
  const blocked = (action: Action): string | undefined =>
    guide.current === undefined ? live.blocked(action) : 'A scenario is running.';
  const finish = async (): Promise<ReportedRun> => {
    await guide.stop();
    grading.stop();
    await live.close();
    await log.close();
    const written = await writeAll();
    opened.finish();
    return written;
  };
  return {
    ...{ mock: live.mock, dir: folder.path, recording: live.recording, blocked },
    record: (body) => void live.recording.record(body),
    enter: (track) => {
      live.enter(track);
    },
    get graded() {
      return grading.graded;
    },
    get full() {
      return grading.full;
    },
    get judged() {
      return observer.authorizationRequested || observer.tokenRequested;
    },
    get scenarios() {
      return scenarios.map((scenario) => ({ scenario, over: guide.hasRun(scenario) }));
    },
    get running() {
      return guide.current;
    },
    get held() {
      return live.held;
    },
    get observing() {
      return live.mode === 'observing';
    },
    act(action) {
      if (busy() || blocked(action) !== undefined) return false;
      live.act(action);
      return true;
    },
    observe(on) {
      if (busy() || parts.upstream) return false;
      live.setMode(typeof on === 'string' ? on : on ? 'observing' : config.mock.policy);
      return true;
    },
    guide: (scenario) => (busy() || guide.hasRun(scenario) ? Promise.resolve() : guide.run(scenario)),
    stopGuiding: () => void guide.stop(),
    write: () => {
      if (ended !== undefined) return ended;
      // The end of a scenario writes every line to disk; live traffic continues after it.
      live.recording.endLiveScenarios();
      return writeAll();
    },
    finish: () => (ended ??= finish()),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
