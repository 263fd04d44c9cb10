/** A live session: one mock, one history, one person; verdicts as they come. */
import { createRedactor } from '../../mock-server/recorder/create-redactor.ts';
import type { Mock, Mode } from '../../mock-server/mock.ts';
import { start } from '../../mock-server/start.ts';
import { requirements } from '../../suites/requirements.ts';
import type { LoadedConfig } from '../config/load.ts';
import { createManualDriver } from '../drivers/manual.ts';
import type { PromptQueue } from '../drivers/manual/prompt-queue.ts';
import type { Graded } from '../grade/grade.ts';
import type { Event } from '../history/event.ts';
import { describeApp } from '../run/app-description.ts';
import { readAppSettings, recordAppSettings } from '../run/app-settings.ts';
import { loadCatalogue } from '../run/catalogue.ts';
import { beginHistory, createRunFolder } from '../run/folder.ts';
import { markRunning } from '../run/unfinished.ts';
import { mockOptions } from '../run/mock-options.ts';
import { createObserver } from '../run/observer.ts';
import { plan } from '../run/plan.ts';
import type { Scenario } from '../run/scenario.ts';
import { type Action, type Hand } from './actions.ts';
import { createGuide, type Guide } from './guide.ts';
import { createLiveGrade } from './live-grade.ts';
import { createReports, type Written } from './reports.ts';
import { AUTOMATED_ONLY } from './automated-only.ts';
import { createRecording, type Recording } from './recording.ts';
import { runBegin } from './run-begin.ts';
import { LOGIN, REFRESHES, type LiveScenario } from './live-scenarios.ts';

export interface SessionOptions {
  readonly config: LoadedConfig;
  readonly promptQueue: PromptQueue;
  readonly outDir: string;
  readonly formats: readonly string[];
  /** Called with every event, from the first on. */
  readonly onEvent?: (event: Event) => void;
}

export interface Session {
  readonly mock: Mock;
  /** Folder of the run. */
  readonly dir: string;
  readonly recording: Pick<Recording, 'track' | 'guided'>;
  readonly graded: Graded;
  /** The history has grown too long for live verdicts. */
  readonly full: boolean;
  /** An authorization or token request has arrived: there is something to judge. */
  readonly judged: boolean;
  /** Scenarios that a person can be guided through, and whether they may still be. */
  readonly scenarios: readonly { readonly scenario: Scenario; readonly over: boolean }[];
  readonly playing: Scenario | undefined;
  /** How many refreshes wait for Release; undefined: none would have to. */
  readonly held: number | undefined;
  readonly observing: boolean;
  blocked(action: Action): string | undefined;
  /** False, and nothing is done, while a scenario is played or when it is blocked. */
  act(action: Action): boolean;
  /** Records live traffic under `track` from now on; with the phase that checks look for. */
  enter(track: LiveScenario): void;
  /** `true`: from now on the mock refuses nothing of the partner rule. `false`: as the configuration says. False while a scenario is played. */
  observe(on: boolean | Mode): boolean;
  /** Resolves when the scenario is over. Does nothing while another is played. */
  guide(scenario: Scenario): Promise<void>;
  stopGuiding(): void;
  /** Writes the reports of what has been recorded so far; the session goes on. */
  write(): Promise<Written>;
  /** Ends the session and writes the reports. */
  finish(): Promise<Written>;
  /** Called when verdicts, tracks or what is played have changed. */
  onChange(listener: () => void): () => void;
}

/** @throws HarnessError `port-in-use`, `out-not-writable`, `settings-path`. */
export async function startSession({
  config,
  promptQueue,
  outDir,
  formats,
  onEvent,
}: SessionOptions): Promise<Session> {
  const catalogue = await loadCatalogue();
  const driver = createManualDriver({ promptQueue });
  const app = describeApp(config);
  const { suites } = config.run;
  const { scenarios, selection } = plan(catalogue, suites === undefined ? {} : { suites }, {
    app,
    abilities: driver.abilities,
  });
  const startedAt = new Date();
  const settings = await readAppSettings(config, selection, startedAt.toISOString().slice(0, 10));
  const folder = await createRunFolder(outDir, startedAt);
  const log = beginHistory(folder.path);
  const unmark = markRunning(folder.path);
  const redactor = createRedactor();
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const live = createLiveGrade({ catalogue: { checks: catalogue.checks, requirements }, onGraded: changed });
  const observer = createObserver();
  log.subscribe((event) => {
    live.see(event);
    driver.see?.(event);
    observer.see(event);
    onEvent?.(event);
  });
  const { abilities } = driver;
  log.append(runBegin({ config, app, selection, abilities, id: folder.id, startedAt }));
  if (settings !== undefined) recordAppSettings(settings, log);

  let mode: Mode = config.mock.policy;
  let closed = false;
  const phases = new Set<string>();
  const played = new Set<string>();
  const recording = createRecording({
    log,
    mode: () => mode,
    harnessFault: (id) => observer.harnessFault(id),
    staysForLogin: () => {
      const { faults, gates } = started.control.armed();
      return (
        faults.some(({ on }) => on === 'authorize' || on === 'code') ||
        gates.some(({ id }) => id.startsWith('code-request'))
      );
    },
    onBack: () => {
      hand.gate = undefined;
      started.control.reset();
      changed();
    },
  });
  const { port, instancePort, switches } = config.mock;
  const open = async (): Promise<Mock> =>
    start({
      ...(await mockOptions(config)),
      ...{ port, instancePort, switches, mode, redactor },
      // A connection may end after the last line.
      record: (body) => (closed ? { seq: 0, t: 0, scenario: '', prev: '', ...body } : recording.record(body)),
      now: () => log.now(),
    });
  const started = await open().catch(async (error: unknown) => {
    await log.close();
    unmark();
    throw error;
  });
  const hand: Hand = {
    control: started.control,
    phase: (name) => {
      phases.add(name);
      recording.phase(name);
    },
    reached: (name) => phases.has(name),
    gate: undefined,
  };
  const enter = (track: LiveScenario): void => {
    recording.switchTo(track);
    if (track.id === REFRESHES.id && !hand.reached('chain')) hand.phase('chain');
    changed();
  };
  const guide: Guide = createGuide({
    config,
    app,
    driver,
    mock: started,
    redactor,
    recording,
    harnessFault: (id) => observer.harnessFault(id),
  });
  let guiding: Promise<void> | undefined;
  let ended: Promise<Written> | undefined;

  const writeAll = createReports(outDir, folder, formats);
  const finish = async (): Promise<Written> => {
    guide.stop();
    await guiding;
    live.stop();
    await started.close();
    recording.endLiveScenarios();
    log.append({ kind: 'run-end', outcome: 'completed' });
    closed = true;
    await log.close();
    const written = await writeAll();
    unmark();
    return written;
  };

  return {
    mock: started,
    dir: folder.path,
    recording,
    get graded() {
      return live.graded;
    },
    get full() {
      return live.full;
    },
    get judged() {
      return observer.authorizationRequested || observer.tokenRequested;
    },
    get scenarios() {
      return scenarios
        .filter(({ id }) => id !== LOGIN.id && !AUTOMATED_ONLY.has(id))
        .concat(catalogue.scenarios.filter(({ id }) => id === 'strict'))
        .toSorted((a, b) => (a.rank ?? 50) - (b.rank ?? 50))
        .map((scenario) => ({ scenario, over: played.has(scenario.id) }));
    },
    get playing() {
      return guide.current;
    },
    get held() {
      return hand.gate?.held.length;
    },
    get observing() {
      return mode === 'observing';
    },
    blocked: (action) => {
      if (guide.current !== undefined) return 'A scenario is being played.';
      return action.blocked?.(hand);
    },
    act(action) {
      if (ended !== undefined || guide.current !== undefined || action.blocked?.(hand) !== undefined) return false;
      enter(action.track);
      action.act(hand);
      changed();
      return true;
    },
    enter,
    observe(on) {
      if (ended !== undefined || guide.current !== undefined) return false;
      mode = typeof on === 'string' ? on : on ? 'observing' : config.mock.policy;
      started.control.setMode(mode);
      changed();
      return true;
    },
    guide(scenario) {
      if (ended !== undefined || guide.current !== undefined || played.has(scenario.id)) return Promise.resolve();
      played.add(scenario.id);
      hand.gate = undefined;
      // What comes between is nobody's: a scenario ends, and the client may still be talking.
      recording.switchTo(LOGIN);
      const playing = guide.play(scenario, scenario.id === 'strict' ? 'strict' : mode).then(() => {
        started.control.setMode(mode);
        changed();
      });
      guiding = playing.catch(() => undefined);
      changed();
      return playing;
    },
    stopGuiding: () => {
      guide.stop();
    },
    write: () => {
      if (ended !== undefined) return ended;
      // The end of a scenario puts every line on disk; the tracks go on after it.
      recording.endLiveScenarios();
      return writeAll();
    },
    finish: () => (ended ??= finish()),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
