/** Defines one interface to clients of any kind (docs/contract.md, section 4). */
import type { EventBody, Event } from '../history/event.ts';

/** Why a login did not reach the mock, for decisions of the harness; `error` is the message for people. `opened-elsewhere`: the client
 * opened an address that is neither the mock's nor on this machine. `no-answer`: nothing answered at the opened address. `no-login`: the
 * web application answered and did not redirect to the mock's login. */
export type LoginReason = 'opened-elsewhere' | 'no-answer' | 'no-login';

/** The client's answer to one action. */
export interface ActionAnswer {
  /** `interrupted`: the harness ended the client or the session before it had answered. */
  readonly result: 'ok' | 'failed' | 'unsupported' | 'timed-out' | 'died' | 'interrupted';
  /** For `timed-out`: the time limit in milliseconds. */
  readonly limitMs?: number | undefined;
  readonly status?: number;
  readonly error?: string;
  /** Likely reason why no answer came, as a clause; also part of `error`. */
  readonly hint?: string | undefined;
  readonly reason?: LoginReason | undefined;
  readonly reauthorize?: boolean;
  readonly connected?: boolean;
  /** The person skipped the action; `result` is then `unsupported`, which does not declare that the client lacks it. */
  readonly skipped?: true;
}

/** The answer to a login with what the harness's browser saw of it. */
export interface LoginAnswer extends ActionAnswer {
  /** Whether the client opened an authorization URL, or redirected the browser to one. */
  readonly opened: boolean;
  /** Whether the mock sent the browser back to the client. */
  readonly redirected: boolean;
  /** Whether the client's listener took the callback; `undefined` when there was none to deliver. */
  readonly delivered?: boolean;
  /** Why the callback could not be delivered, in one sentence. */
  readonly undelivered?: string;
}

/** Lets a scenario change what the browser does during a login. All steps are optional. */
export interface LoginSteps {
  /** Called when the authorization URL is known, before the browser opens it. */
  readonly onOpen?: (url: string) => Promise<void>;
  /** Called when the mock has redirected to `url`. The returned URLs are delivered instead, one after another; default `[url]`. `tampered`
   * is recorded in the history. */
  readonly onCallback?: (url: string) => Promise<{ readonly urls: readonly string[]; readonly tampered?: string }>;
  /** Whether `onCallback` only observes and returns its input unchanged. */
  readonly watches?: true;
}

/** One process (or browser tab) of the client, for one user. */
export interface ClientProcess {
  /** Name in the history: `P1`, `P2` … */
  readonly id: string;
  readonly user: string;
  authorize(steps?: LoginSteps): Promise<LoginAnswer>;
  call(): Promise<ActionAnswer>;
  refresh(): Promise<ActionAnswer>;
  status(): Promise<ActionAnswer>;
  disconnect(): Promise<ActionAnswer>;
  /** Ends the process and starts it again with the same state folder. */
  restart(options?: RestartOptions): Promise<ActionAnswer>;
  /** Ends the process: end of input or SIGTERM, then SIGKILL to its process group after 5 s. */
  end(): Promise<void>;
}

/** Options of `ClientProcess.restart`. */
export interface RestartOptions {
  /** Uses SIGKILL, without time to clean up. */
  readonly kill?: boolean | undefined;
  /** New value of `SF_CLIENT_SECRET`, for drivers with the ability `newSecret`; default: unchanged. */
  readonly secret?: string | undefined;
}

/** A client from an empty state folder to its end; one for each scenario. */
export interface ClientSession {
  /** The first process. */
  readonly main: ClientProcess;
  /** Starts another process with the same state folder (adapter, command) or another tab (browser). Undefined when the driver cannot. */
  spawn(): Promise<ClientProcess | undefined>;
  /** Starts the same application for another user: with a separate cookie jar (http, browser), or as a process with a separate state
   * folder (adapter, command). */
  another(): Promise<ClientProcess | undefined>;
  /** Starts a process of the earlier version with the same state folder (`driver.previous`); absent when none is configured. */
  readonly previous?: () => Promise<ClientProcess>;
  /** Returns whether no process of the client is left, those that it started itself included; absent when the harness did not start the client. */
  isGone?(): boolean;
  end(): Promise<void>;
}

/** What a driver can do, whatever the client supports. Checks that need a missing ability are `skip`. */
export interface DriverAbilities {
  readonly restart: boolean;
  readonly processes: boolean;
  readonly tabs: boolean;
  readonly users: boolean;
  readonly refresh: boolean;
  readonly status: boolean;
  readonly disconnect: boolean;
  /** The harness can request several calls at once. */
  readonly parallelCalls: boolean;
  /** A restart can give the client another consumer secret. */
  readonly newSecret?: true;
  /** An earlier version of the client can run beside this one. */
  readonly previous?: true;
  /** Every process of the client starts from one secret that holds the first refresh token. */
  readonly seeded?: true;
}

/** What a driver gets from the run to begin a session. */
export interface SessionContext {
  /** The variables of docs/contract.md, section 3, except SF_STATE_DIR, which the session sets. */
  readonly env: Readonly<Record<string, string>>;
  readonly loginUrl: string;
  readonly redirectUris: readonly string[];
  readonly timeoutMs: number;
  /** Value of the header by which the mock signs the harness's browser in (see `Mock.browserKey`). */
  readonly browserKey: string;
  /** Records action, process, output and visit events. */
  readonly record: (body: EventBody) => Event;
  /** Replaces secrets in client text before it is recorded. */
  readonly redact: (raw: string) => { readonly text: string; readonly leaked: readonly string[] };
  /** Removes secrets of the client's own environment from text that the client wrote; set by the code that creates the driver. Not for
   * texts of the harness itself; use `clientText`. */
  readonly hide?: ((text: string) => string) | undefined;
  /** Set when another machine records the history: resolves once it has received everything recorded so far and `redact` knows all its
   * secrets. Awaited before the client is asked for an action and before the answer is recorded. */
  readonly settled?: (() => Promise<void>) | undefined;
  /** Returns the next number of an action, process or user within the run. */
  readonly next: (what: 'action' | 'process' | 'user') => number;
  /** Aborted when the session ends; open actions are then `interrupted`. Set by the code that creates the driver. */
  readonly ended?: AbortSignal | undefined;
}

/** Returns client text without secrets of the client's environment. */
export const clientText = ({ hide }: Pick<SessionContext, 'hide'>, text: string): string => hide?.(text) ?? text;

/** A driver: the connection between the harness and one kind of client, made by `createDriver`. */
export interface Driver {
  readonly type: string;
  readonly abilities: DriverAbilities;
  /** Whether several sessions, each with its own mock, may run at once. False for an application that the harness does not start. */
  readonly parallelSessions: boolean;
  /** Returns a function that removes secrets of the client's environment from text; `known` values, which the harness itself sets, stay. */
  hides?(known: Readonly<Record<string, string>>): (text: string) => string;
  /** Receives every recorded event, for a driver that cannot observe its client otherwise. */
  see?(event: Event): void;
  /** Creates an empty state folder and starts the client where the driver starts one.
   * @throws HarnessError `driver-command-missing` when the command does not exist. */
  begin(context: SessionContext): Promise<ClientSession>;
}
