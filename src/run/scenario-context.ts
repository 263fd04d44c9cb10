/** Creates what a scenario works with: one client session, the controls of the mock, and functions to drive both. */
import type { Mock } from '../../mock-server/mock.ts';
import type { ClientSession, DriverAbilities, LoginAnswer, LoginSteps, ActionAnswer } from '../drivers/driver.ts';
import type { AppDescription, Event, EventBody } from '../history/event.ts';
import { scenarioHistory } from '../history/query.ts';
import { gather } from './gather.ts';
import { waitForIdle } from './idle-window.ts';
import { withTimeout, createClientLatency } from './client-latency.ts';
import type { Schedule } from '../schedules/schedule.ts';
import { seeded } from './random.ts';
import { ScenarioStop, type ScenarioContext } from './scenario.ts';

/** Settings of a run for every scenario: durations in milliseconds, the number of concurrent calls in the largest race, the seed, a
 * schedule to replay. */
export interface Windows {
  readonly quietMs: number;
  readonly holdMs: number;
  readonly herd: number;
  readonly seed: number;
  readonly replay?: Schedule | undefined;
  /** How long the client took for an undisturbed action. */
  readonly actionMs?: number;
  /** Ends the scenario at the next call that times out, because the client has hung often enough. */
  readonly endsAtHang?: boolean;
}

/** Parts of a scenario context. */
export interface ScenarioContextOptions {
  readonly scenario: string;
  readonly app: AppDescription;
  readonly abilities: DriverAbilities;
  readonly session: ClientSession;
  readonly mock: Mock;
  readonly record: (body: EventBody) => Event;
  readonly run: Windows;
  /** Events since the scenario began, if it reads its history. */
  readonly recorded: readonly Event[];
}

/** Longest wait in milliseconds for a client that keeps sending requests to become idle. */
const NEVER_SILENT_MS = 15_000;

/** Creates the context of one scenario. */
export function createScenarioContext({
  scenario,
  app,
  abilities,
  session,
  mock,
  record,
  run,
  recorded,
}: ScenarioContextOptions): ScenarioContext {
  const clientLatency = createClientLatency(run.actionMs);
  const quiet = async (): Promise<void> => {
    await withTimeout(waitForIdle(mock, session, run.quietMs), NEVER_SILENT_MS);
  };

  const login: ScenarioContext['login'] = async (client = session.main, steps = {}) => {
    const answer = await clientLatency.timed(() => client.authorize(steps));
    if (answer.result === 'ok') return answer;
    throw stopOf(answer);
  };

  const calls: ScenarioContext['calls'] = (k, client = session.main) => {
    const all = Promise.all(Array.from({ length: k }, () => client.call())).then((answers) => {
      if (answers.some(({ result }) => result === 'died')) {
        throw new ScenarioStop('crashed', 'The client died while it was asked for an API call.');
      }
      if (run.endsAtHang === true && answers.some(({ result }) => result === 'timed-out')) {
        throw new ScenarioStop('timed-out', 'The client did not answer in time, as in earlier scenarios.');
      }
      return answers;
    });
    // A scenario may look at the gates first and at the answers later; a rejection in between must not go unhandled.
    all.catch(() => undefined);
    return all;
  };

  const attempt = (
    settle: (answer: LoginAnswer | undefined) => Promise<void>,
    steps: LoginSteps,
    leastMs: number,
  ): Promise<LoginAnswer | undefined> => attemptLogin({ session, abilities, clientLatency }, settle, steps, leastMs);

  return {
    app,
    abilities,
    client: session.main,
    control: mock.control,
    quietMs: run.quietMs,
    holdMs: run.holdMs,
    herd: run.herd,
    random: seeded(run.seed, scenario),
    replay: run.replay,
    phase: (name, detail) => {
      record({ kind: 'phase', phase: name, ...(detail === undefined ? {} : { detail }) });
    },
    login,
    attempt: (steps = {}, leastMs = run.quietMs) => attempt(quiet, steps, leastMs),
    reconnect: () => attempt(async (answer) => (answer?.result === 'ok' ? undefined : quiet()), {}, run.quietMs),
    soon: (work) => clientLatency.soon(work, run.quietMs),
    calls,
    refreshByCall: async (client = session.main): Promise<ActionAnswer> => {
      mock.control.expireAccessTokens();
      const [answer] = await calls(1, client);
      if (answer === undefined) throw new TypeError('One call gives one answer.');
      return answer;
    },
    gathered: (gates, count, pending) => gather([gates].flat(), count, pending, clientLatency.betweenMs(run.quietMs)),
    arrival: async (gate, pending) => {
      const [held] = gate.held;
      if (held !== undefined) return held;
      return clientLatency.soon(Promise.race([gate.next(), pending.then(nothing, nothing)]), run.quietMs);
    },
    over: async (pending) => (await clientLatency.soon(pending.then(yes, yes), run.quietMs)) ?? false,
    elapse: async (ms, until) => {
      await withTimeout(until ?? new Promise<never>(() => undefined), ms).catch(() => undefined);
    },
    history: () => scenarioHistory(scenario, recorded),
    quiet,
    spawn: () => session.spawn(),
    previous: async () => session.previous?.(),
    another: () => session.another(),
  };
}

const nothing = (): undefined => undefined;
const yes = (): true => true;

interface AttemptParts {
  readonly session: ClientSession;
  readonly abilities: DriverAbilities;
  readonly clientLatency: ReturnType<typeof createClientLatency>;
}

/** Attempts a login that may never end, and abandons it once its callback has arrived without effect. */
async function attemptLogin(
  { session, abilities, clientLatency }: AttemptParts,
  settle: (answer: LoginAnswer | undefined) => Promise<void>,
  steps: LoginSteps,
  leastMs: number,
): Promise<LoginAnswer | undefined> {
  const arrived = Promise.withResolvers<undefined>();
  const pending = session.main.authorize({
    ...steps,
    ...(steps.onCallback === undefined ? { watches: true as const } : {}),
    onCallback: async (url) => {
      const chosen = (await steps.onCallback?.(url)) ?? { urls: [url] };
      arrived.resolve(undefined);
      return chosen;
    },
  });
  // The login may continue after this function has abandoned it.
  pending.catch(() => undefined);
  const answer = await Promise.race([pending, arrived.promise.then(() => clientLatency.soon(pending, leastMs))]);
  await settle(answer);
  // A client that keeps waiting for its callback may hold its port: it is restarted, so that the next login finds it fresh.
  const gone = answer === undefined || answer.result === 'died';
  if (gone && abilities.restart) await session.main.restart({ kill: true });
  return answer;
}

/** Returns how a failed login ends the scenario. */
function stopOf(answer: LoginAnswer): ScenarioStop {
  const text = answer.error === undefined ? '' : `: ${answer.error}`;
  if (answer.skipped === true) return new ScenarioStop('unsupported', `The login was left out${text}.`);
  if (answer.result === 'died') return new ScenarioStop('crashed', 'The client died during the login.');
  if (answer.result === 'unsupported') return new ScenarioStop('unsupported', 'The client has no `authorize`.');
  if (!answer.opened) return new ScenarioStop('login-failed', `The client opened no authorization URL${text}.`);
  if (!answer.redirected) return new ScenarioStop('login-failed', `The authorization request was refused${text}.`);
  if (answer.delivered === false) {
    return new ScenarioStop(
      'login-failed',
      `The callback could not be delivered: ${answer.undelivered ?? 'no listener'}.`,
    );
  }
  const how = answer.result === 'timed-out' ? 'did not end in time' : 'failed';
  return new ScenarioStop('login-failed', `The login ${how}${text}.`);
}
