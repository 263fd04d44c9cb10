/** One interface to clients of any shape (contract, section 4). */
import type { EventBody, Event } from '../history/event.ts';

/**
 * Why a login could not lead to the mock, for decisions; `error` is for people.
 *
 * `opened-elsewhere`: the client opened an address that is neither the mock's nor on this machine. `no-answer`: nothing answered at
 * the address that was opened. `no-login`: the web application answered, and did not lead to the mock's login.
 */
export type LoginReason = 'opened-elsewhere' | 'no-answer' | 'no-login';

/** What a client answered to one action. */
export interface ActionAnswer {
  /** `interrupted`: the harness ended the client, or the session, before it had answered. */
  readonly result: 'ok' | 'failed' | 'unsupported' | 'timed-out' | 'died' | 'interrupted';
  /** Of `timed-out`: how long it was waited for, in milliseconds. */
  readonly limitMs?: number | undefined;
  readonly status?: number;
  readonly error?: string;
  /** What may be the reason that no answer came, half a sentence; also part of `error`. */
  readonly hint?: string | undefined;
  readonly reason?: LoginReason | undefined;
  readonly reauthorize?: boolean;
  readonly connected?: boolean;
  /** A person left it out; `result` is `unsupported` then, and no declaration. */
  readonly skipped?: true;
}

/** What happened to one login, as the harness's browser saw it. */
export interface LoginAnswer extends ActionAnswer {
  /** The client handed over an authorization URL (or led the browser to one). */
  readonly opened: boolean;
  /** The mock sent the browser back to the client. */
  readonly redirected: boolean;
  /** The client's listener took the callback; `undefined` when there was none to deliver. */
  readonly delivered?: boolean;
  /** Why the callback could not be delivered, in one sentence. */
  readonly undelivered?: string;
}

/** Lets a scenario change what the browser does in the middle of a login. All are optional. */
export interface LoginSteps {
  /** The authorization URL is known and the browser has not opened it yet. */
  readonly onOpen?: (url: string) => Promise<void>;
  /** The mock has redirected to `url`. What it returns is delivered instead, one after the other; default `[url]`.
   * `tampered` is written to history. */
  readonly onCallback?: (url: string) => Promise<{ readonly urls: readonly string[]; readonly tampered?: string }>;
  /** `onCallback` only looks on: what it returns is what it was given. */
  readonly watches?: true;
}

/** One process (or one browser profile) of the client, for one user. */
export interface ClientProcess {
  /** `P1`, `P2` … */
  readonly id: string;
  readonly user: string;
  authorize(steps?: LoginSteps): Promise<LoginAnswer>;
  call(): Promise<ActionAnswer>;
  refresh(): Promise<ActionAnswer>;
  status(): Promise<ActionAnswer>;
  disconnect(): Promise<ActionAnswer>;
  /** Ends the process and starts it again on the same state folder. */
  restart(options?: RestartOptions): Promise<ActionAnswer>;
  /** Ends it: end of input or SIGTERM, SIGKILL to its whole group after 5 s. */
  end(): Promise<void>;
}

export interface RestartOptions {
  /** With SIGKILL, no time to say goodbye. */
  readonly kill?: boolean | undefined;
  /** `SF_CLIENT_SECRET` from now on, for drivers with the ability `newSecret`; default: as before. */
  readonly secret?: string | undefined;
}

/** A client from an empty state folder to its end. One per scenario. */
export interface ClientSession {
  /** The first process. */
  readonly main: ClientProcess;
  /** Another process on the same state folder (adapter, command), or another tab (browser). Undefined when the driver cannot. */
  spawn(): Promise<ClientProcess | undefined>;
  /** The same application for another user: a cookie jar of its own (http, browser), a process with a state folder of its own
   * (adapter, command). */
  another(): Promise<ClientProcess | undefined>;
  /** A process of the earlier version on the same state folder (`driver.previous`); absent where none is configured. */
  previous?(): Promise<ClientProcess>;
  end(): Promise<void>;
}

/** What a driver can do at all, whatever the client says later. Checks that need what is not there are `skip`. */
export interface DriverAbilities {
  readonly restart: boolean;
  readonly processes: boolean;
  readonly tabs: boolean;
  readonly users: boolean;
  readonly refresh: boolean;
  readonly status: boolean;
  readonly disconnect: boolean;
  /** The harness itself can ask for several calls at once. */
  readonly parallelCalls: boolean;
  /** A restart can give the client another consumer secret. */
  readonly newSecret?: true;
  /** An earlier version of the client can run beside this one. */
  readonly previous?: true;
  /** Every process of the client starts from one secret that holds the first refresh token. */
  readonly seeded?: true;
}

/** What a driver needs to begin a session. */
export interface SessionContext {
  /** Variables of contract section 3 but SF_STATE_DIR, which the session makes. */
  readonly env: Readonly<Record<string, string>>;
  readonly loginUrl: string;
  readonly redirectUris: readonly string[];
  readonly timeoutMs: number;
  /** Value of the header that makes the mock sign the harness's browser in (see `Mock.browserKey`). */
  readonly browserKey: string;
  /** Writes action, process, output and visit events. */
  readonly record: (body: EventBody) => Event;
  /** Takes secrets out of client text before it is written. */
  readonly redact: (raw: string) => { readonly text: string; readonly leaked: readonly string[] };
  /** Set by whatever makes the driver: takes secrets of the client's own environment out of a text that the client wrote. Not for texts of
   * the harness itself; use `clientText`. */
  readonly hide?: ((text: string) => string) | undefined;
  /** Where the history is kept by another machine: resolves once it has what was recorded so far, and `redact` knows every secret that it knew
   * then. An action waits for it before the client is asked and before the answer is written. */
  readonly settled?: (() => Promise<void>) | undefined;
  /** Next numbers of actions, processes and users within the run. */
  readonly next: (what: 'action' | 'process' | 'user') => number;
  /** Aborted when the session ends, by whatever makes the driver: actions that are open then are `interrupted`. */
  readonly ended?: AbortSignal | undefined;
}

/** Returns a text that the client wrote without secrets of its own environment. */
export const clientText = ({ hide }: Pick<SessionContext, 'hide'>, text: string): string => hide?.(text) ?? text;

export interface Driver {
  readonly type: string;
  readonly abilities: DriverAbilities;
  /** Several sessions, each with a mock of its own, may run at once. False for an application that the harness does not start. */
  readonly parallelSessions: boolean;
  /** Returns what takes secrets of the client's own environment out of a text; `known` is what the harness itself sets in it, and stays. */
  hides?(known: Readonly<Record<string, string>>): (text: string) => string;
  /** What the mock records, for a driver that cannot see its client otherwise. */
  see?(event: Event): void;
  /** Makes an empty state folder and starts the client where the driver starts one.
   * @throws HarnessError `driver-command-missing` when the command is not there. */
  begin(context: SessionContext): Promise<ClientSession>;
}
