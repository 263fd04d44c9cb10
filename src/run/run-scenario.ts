/** Runs one scenario: from an empty state folder to the end of every process, whatever the client does. */
import type { Mock, Mode } from '../../mock-server/mock.ts';
import type { ClientProcess, ClientSession, Driver, LoginAnswer, SessionContext } from '../drivers/driver.ts';
import type { AppDescription, Event, EventBody, ScenarioOutcome } from '../history/event.ts';
import { HarnessError } from '../errors.ts';
import { watchClock } from './clock-watch.ts';
import { ScenarioStop, type Scenario } from './scenario.ts';
import { createScenarioContext, type Windows } from './scenario-context.ts';

/** What a scenario needs of its run and its worker. */
export interface RunScenarioOptions {
  readonly scenario: Scenario;
  readonly mode: Mode;
  readonly app: AppDescription;
  readonly driver: Driver;
  readonly mock: Mock;
  readonly record: (body: EventBody) => Event;
  readonly session: Omit<SessionContext, 'record'>;
  readonly run: Windows;
  /** Events since the scenario began, if it reads its history; otherwise absent. */
  readonly recorded?: readonly Event[];
  readonly signal: AbortSignal;
  /** Called at the end; true when the scenario will be repeated and this attempt is not judged. */
  readonly isRepeated?: (() => boolean) | undefined;
  /** Returns a session whose calls last until the client has done its work; by default a call lasts until the client has answered. */
  readonly awaited?: ((session: ClientSession) => ClientSession) | undefined;
  /** Returns what failed on the harness's side during this scenario. */
  readonly harnessFault: () => string | undefined;
}

/** The result of a scenario, before grading. */
export interface ScenarioResult {
  readonly outcome: ScenarioOutcome;
  readonly detail?: string;
  readonly durationMs: number;
  /** The logins of the scenario, for the set-up check. */
  readonly logins: readonly LoginAnswer[];
  /** Duration of the first login in milliseconds; undefined when there was none or it failed. */
  readonly loginMs?: number | undefined;
  /** Whether the scenario has to be run again. */
  readonly repeated: boolean;
}

/** Runs one scenario. Rejects with HarnessError only: a scenario that failed on the harness's side has the outcome `error`. */
export async function runScenario(parts: RunScenarioOptions): Promise<ScenarioResult> {
  const { scenario, mode, mock, record } = parts;
  const begun = performance.now();
  const clockSet = watchClock();
  const seen: SeenLogins = { answers: [], firstMs: undefined };
  mock.control.reset();
  mock.control.setMode(mode);
  record({ kind: 'scenario-begin', title: scenario.title, mode });
  const result = await runThrough(parts, seen);
  const broken = parts.harnessFault();
  const ending: Ending = broken === undefined ? result : { outcome: 'error', detail: broken };
  mock.control.reset();
  const set = clockSet();
  if (set !== undefined) record({ kind: 'note', text: set });
  const durationMs = Math.round(performance.now() - begun);
  const repeated = parts.isRepeated?.() === true;
  record({
    kind: 'scenario-end',
    outcome: ending.outcome,
    ...(ending.detail === undefined ? {} : { detail: ending.detail }),
    durationMs,
    ...(repeated ? { repeated } : {}),
  });
  return { ...ending, durationMs, logins: seen.answers, loginMs: seen.firstMs, repeated };
}

interface Ending {
  readonly outcome: ScenarioOutcome;
  readonly detail?: string;
}

interface SeenLogins {
  readonly answers: LoginAnswer[];
  firstMs: number | undefined;
}

async function runThrough(parts: RunScenarioOptions, seen: SeenLogins): Promise<Ending> {
  const { scenario, app, driver, mock, record, run, signal } = parts;
  const begun = await driver.begin({ ...parts.session, record });
  const session = parts.awaited?.(begun) ?? begun;
  const over = new AbortController();
  const interrupted = whenAborted(signal, over.signal);
  try {
    const stage = createScenarioContext({
      scenario: scenario.id,
      app,
      abilities: driver.abilities,
      session: {
        ...session,
        main: remembering(session.main, seen),
        spawn: () => session.spawn(),
        another: () => session.another(),
        end: () => session.end(),
      },
      mock,
      record,
      run,
      recorded: parts.recorded ?? [],
    });
    return await Promise.race([
      scenario.run(stage).then((): Ending => ({ outcome: 'completed' })),
      interrupted.then((): Ending => ({ outcome: 'interrupted', detail: 'The run was interrupted.' })),
    ]);
  } catch (error) {
    if (error instanceof ScenarioStop) return { outcome: error.outcome, detail: sentence(error.message, parts) };
    if (error instanceof HarnessError) throw error;
    const text = error instanceof Error ? error.message : String(error);
    return { outcome: 'error', detail: sentence(`The harness failed: ${text}`, parts) };
  } finally {
    over.abort();
    mock.control.reset();
    await session.end();
  }
}

function sentence(text: string, parts: RunScenarioOptions): string {
  return parts.session.redact(text).text.slice(0, 2_000);
}

/** Resolves when `signal` aborts; stops listening at `over`, because a run has one signal for all its scenarios. */
function whenAborted(signal: AbortSignal, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true, signal: over },
      );
  });
}

/** Collects every login answer of a process, by which the set-up check recognizes a fault of the configuration, and the duration of the first login, by which
 * the run sees how busy the machine is. */
function remembering(client: ClientProcess, seen: SeenLogins): ClientProcess {
  return {
    id: client.id,
    user: client.user,
    authorize: async (steps) => {
      const begun = performance.now();
      const answer = await client.authorize(steps);
      if (seen.answers.length === 0 && answer.result === 'ok') seen.firstMs = performance.now() - begun;
      seen.answers.push(answer);
      return answer;
    },
    call: () => client.call(),
    refresh: () => client.refresh(),
    status: () => client.status(),
    disconnect: () => client.disconnect(),
    restart: (options) => client.restart(options),
    end: () => client.end(),
  };
}
