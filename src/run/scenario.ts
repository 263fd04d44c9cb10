/** What a scenario is: a stimulus. It drives the client and the mock, and judges nothing. */
import type { Control, Gate, Held } from '../../mock-server/mock.ts';
import type { ClientProcess, DriverAbilities, LoginAnswer, ActionAnswer, LoginSteps } from '../drivers/driver.ts';
import type { Schedule } from '../schedules/schedule.ts';
import type { AppDescription } from '../history/event.ts';
import type { ScenarioHistory } from '../history/query.ts';

/** Ends the scenario early; the outcome goes to history, no verdict with it. */
export class ScenarioStop extends Error {
  readonly outcome: 'login-failed' | 'crashed' | 'timed-out' | 'unsupported';
  constructor(outcome: ScenarioStop['outcome'], detail: string) {
    super(detail);
    this.outcome = outcome;
  }
}

/** What a scenario's play is handed. */
export interface ScenarioContext {
  readonly app: AppDescription;
  readonly abilities: DriverAbilities;
  readonly client: ClientProcess;
  readonly control: Control;
  readonly quietMs: number;
  readonly holdMs: number;
  readonly herd: number;
  /** Seeded, the same for the same scenario and seed; numbers in [0, 1). */
  readonly random: () => number;
  /** The one schedule to be played again (`--replay`); undefined: explore. */
  readonly replay: Schedule | undefined;
  /** Writes a `phase` event. */
  phase(name: string, detail?: string): void;
  /** One login; stops the scenario with `login-failed` unless it succeeded. */
  login(client?: ClientProcess, steps?: LoginSteps): Promise<LoginAnswer>;
  /** A login that is meant to fail, or may: it stops nothing. Resolves when the client has answered and is silent. A client that has taken its
   * callback and does not answer is given as long as its honest logins take, `leastMs` at the least (default `quietMs`); then the
   * answer is undefined, and the client is started anew where the driver can. */
  attempt(steps?: LoginSteps, leastMs?: number): Promise<LoginAnswer | undefined>;
  /** An honest login after one that was tampered with: it may fail, which stops nothing, and only then silence is waited for. */
  reconnect(): Promise<LoginAnswer | undefined>;
  /** Waits for something that may never come, as long as the client's honest logins take and `quietMs`; undefined: it did not come. */
  soon<T>(work: Promise<T>): Promise<T | undefined>;
  /** `k` calls at once. Stops the scenario with `crashed` when the process died. */
  calls(k: number, client?: ClientProcess): Promise<readonly ActionAnswer[]>;
  /** Expires every access token and asks for one call: what a client does when its session has expired. */
  refreshByCall(client?: ClientProcess): Promise<ActionAnswer>;
  /** Waits for contenders at one or several gates: until `count` are there, or `quietMs` after the last arrival; before the first
   * arrival as long as it takes, unless `calls` are all answered first. Resolves with what is held and not yet open. */
  gathered(gates: Gate | readonly Gate[], count: number, calls: Promise<unknown>): Promise<readonly Held[]>;
  /** Waits for an arrival that may never come, because the client does one thing after the other: until a request is held at the gate,
   * `pending` is over, or twice as long has passed as its slowest login took and `run.quietMs` on top. */
  arrival(gate: Gate, pending: Promise<unknown>): Promise<Held | undefined>;
  /** Waits for `pending` likewise: resolves with true when it is over. */
  over(pending: Promise<unknown>): Promise<boolean>;
  /** Lets `ms` pass, or less when `until` settles first: for an answer that is held, and for what a server has asked to wait. */
  elapse(ms: number, until?: Promise<unknown>): Promise<void>;
  /** What this scenario has recorded so far; empty unless it `readsHistory`. It decides what is played next, never a verdict. */
  history(): ScenarioHistory;
  /** Waits until the client is silent: all actions answered, no request for `quietMs`. */
  quiet(): Promise<void>;
  spawn(): Promise<ClientProcess | undefined>;
  /** A process of the earlier version of the client on the same state folder; undefined where none is configured. */
  previous(): Promise<ClientProcess | undefined>;
  another(): Promise<ClientProcess | undefined>;
}

export interface Scenario {
  /** Id of the scenario, such as `herd`. */
  readonly id: string;
  readonly title: string;
  /** Lower numbers are played first; default 50. No verdict depends on it. */
  readonly rank?: number;
  /** It takes longer than others: where several are played at once it is begun first, so that it does not run alone at the end. */
  readonly long?: true;
  /** Reason why it cannot be played with such an app or driver: it is then left out. */
  readonly skip?: (about: { readonly app: AppDescription; readonly abilities: DriverAbilities }) => string | undefined;
  /** Milliseconds by which an answer to an action may rightly be late here, because answers are held or a wait is asked for; default 0. */
  readonly heldMs?: (windows: {
    readonly quietMs: number;
    readonly holdMs: number;
    readonly leaseMs?: number | undefined;
  }) => number;
  /** What is recorded is kept in memory while it plays. */
  readonly readsHistory?: true;
  readonly play: (stage: ScenarioContext) => Promise<void>;
}
