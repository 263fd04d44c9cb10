/** Defines scenarios: a scenario is a stimulus that drives the client and the mock, and judges nothing. */
import type { Control, Gate, Held } from '../../mock-server/mock.ts';
import type { ClientProcess, DriverAbilities, LoginAnswer, ActionAnswer, LoginSteps } from '../drivers/driver.ts';
import type { Schedule } from '../schedules/schedule.ts';
import type { AppDescription } from '../history/event.ts';
import type { ScenarioHistory } from '../history/query.ts';

/** Ends the scenario early; the history records the outcome without a verdict. */
export class ScenarioStop extends Error {
  readonly outcome: 'login-failed' | 'crashed' | 'timed-out' | 'unsupported';
  constructor(outcome: ScenarioStop['outcome'], detail: string) {
    super(detail);
    this.outcome = outcome;
  }
}

/** What a scenario works with: the client, the mock's controls and waiting functions. */
export interface ScenarioContext {
  readonly app: AppDescription;
  readonly abilities: DriverAbilities;
  readonly client: ClientProcess;
  readonly control: Control;
  readonly quietMs: number;
  readonly holdMs: number;
  readonly herd: number;
  /** Returns seeded random numbers in [0, 1), the same for the same scenario and seed. */
  readonly random: () => number;
  /** The only schedule to run (`--replay`); undefined: all are explored. */
  readonly replay: Schedule | undefined;
  /** Writes a `phase` event. */
  phase(name: string, detail?: string): void;
  /** Runs one login; stops the scenario with `login-failed` unless it succeeded. */
  login(client?: ClientProcess, steps?: LoginSteps): Promise<LoginAnswer>;
  /** Runs a login that may fail, which does not stop the scenario. Resolves when the client has answered and is idle. A client that takes
   * its callback and does not answer is given the time of its undisturbed logins, at least `leastMs` (default `quietMs`); the answer is
   * then undefined, and the client is restarted where the driver can. */
  attempt(steps?: LoginSteps, leastMs?: number): Promise<LoginAnswer | undefined>;
  /** Runs an undisturbed login after a tampered one. It may fail, which does not stop the scenario; only then it waits until the client is
   * idle. */
  reconnect(): Promise<LoginAnswer | undefined>;
  /** Waits for something that may never come, for the time of the client's undisturbed logins plus `quietMs`; undefined when it did not
   * come. */
  soon<T>(work: Promise<T>): Promise<T | undefined>;
  /** Makes `k` concurrent calls. Stops the scenario with `crashed` when the process died. */
  calls(k: number, client?: ClientProcess): Promise<readonly ActionAnswer[]>;
  /** Expires every access token and makes one call, as for a client whose session has expired. */
  refreshByCall(client?: ClientProcess): Promise<ActionAnswer>;
  /** Waits for contenders at one or several gates: until `count` are held, or `quietMs` after the last arrival. Before the first arrival
   * it waits without limit, unless all `calls` are answered. Resolves with the requests that are held and not released yet. */
  gathered(gates: Gate | readonly Gate[], count: number, calls: Promise<unknown>): Promise<readonly Held[]>;
  /** Waits for an arrival that may never come, because the client does one thing at a time: until a request is held at the gate, `pending`
   * is over, or twice the time of its slowest login plus `run.quietMs` has passed. */
  arrival(gate: Gate, pending: Promise<unknown>): Promise<Held | undefined>;
  /** Waits for `pending` with the same limit; resolves with true when it is over. */
  over(pending: Promise<unknown>): Promise<boolean>;
  /** Lets `ms` pass, or less when `until` settles first: for held answers, and for waits that a server requests. */
  elapse(ms: number, until?: Promise<unknown>): Promise<void>;
  /** Returns the events of this scenario so far; empty unless it `readsHistory`. They may decide what runs next, never a verdict. */
  history(): ScenarioHistory;
  /** Waits until the client is idle: all actions answered, and no request for `quietMs`. */
  quiet(): Promise<void>;
  spawn(): Promise<ClientProcess | undefined>;
  /** Returns a process of the earlier version of the client with the same state folder; undefined when none is configured. */
  previous(): Promise<ClientProcess | undefined>;
  another(): Promise<ClientProcess | undefined>;
}

/** A scenario, exported as default by each `*.scenario.ts` of the suites. */
export interface Scenario {
  /** Id of the scenario, such as `herd`. */
  readonly id: string;
  readonly title: string;
  /** Lower numbers run first; default 50. No verdict depends on it. */
  readonly rank?: number;
  /** It takes longer than others: with several workers it begins first, so that it does not run alone at the end. */
  readonly long?: true;
  /** Returns why the scenario cannot run with such an app or driver and is left out. */
  readonly skip?: (about: { readonly app: AppDescription; readonly abilities: DriverAbilities }) => string | undefined;
  /** Returns the milliseconds by which an answer to an action may be late, because the scenario holds answers or requests a wait; default
   * 0. */
  readonly heldMs?: (windows: {
    readonly quietMs: number;
    readonly holdMs: number;
    readonly leaseMs?: number | undefined;
  }) => number;
  /** Keeps its events in memory while it runs. */
  readonly readsHistory?: true;
  readonly run: (stage: ScenarioContext) => Promise<void>;
}
