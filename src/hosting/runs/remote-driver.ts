/** Provides a driver whose client is at the partner's: it sends requests to the partner's harness and records what that reports. */
import type { z } from 'zod';
import type {
  ActionAnswer,
  ClientProcess,
  ClientSession,
  Driver,
  DriverAbilities,
  LoginAnswer,
  LoginSteps,
  SessionContext,
} from '../../drivers/driver.ts';
import { HarnessError } from '../../errors.ts';
import type { EventBody } from '../../history/event.ts';
import { answerSchema, eventNoteSchema, processSchema, stepSchema, type Reported } from '../link/messages.ts';
import type { Methods, Peer } from '../link/peer.ts';

/** Options of `createRemoteDriver`. */
export interface RemoteDriverOptions {
  readonly type: string;
  readonly abilities: DriverAbilities;
  readonly parallelSessions: boolean;
  /** Whether the local driver needs the events that the mock records. */
  readonly sees: boolean;
  /** Returns the link, which is created after the driver. */
  readonly peer: () => Peer;
  /** Resolves when all events so far are stored: the next scenario begins after it. */
  readonly kept: () => Promise<void>;
}

/** The driver, and the functions it provides to the partner's side. */
export interface RemoteDriver {
  readonly driver: Driver;
  readonly methods: Methods;
}

interface OpenSession {
  readonly context: SessionContext;
  /** Event numbers of the history, by those of the partner's harness. */
  readonly numbers: Map<number, number>;
}

/** Creates a driver without sessions. */
export function createRemoteDriver(options: RemoteDriverOptions): RemoteDriver {
  const { type, abilities, parallelSessions, sees, peer, kept } = options;
  const sessions = new Map<number, OpenSession>();
  const logins = new Map<number, LoginSteps>();
  let lastSession = 0;
  let lastLogin = 0;

  const keep = (steps: LoginSteps): number => {
    lastLogin += 1;
    logins.set(lastLogin, steps);
    return lastLogin;
  };
  const more = async (method: string, session: number): Promise<ClientProcess | undefined> => {
    const process = processSchema.nullable().parse(await peer().call(method, { session }));
    return process === null ? undefined : remoteProcess(peer, keep, session, process);
  };

  const earlier = async (session: number): Promise<ClientProcess> => {
    const process = await more('previous', session);
    if (process !== undefined) return process;
    throw new HarnessError('link-failed', 'The partner has no earlier version of the client.', 'Run again.', {
      exit: 70,
    });
  };

  const begin = async (context: SessionContext): Promise<ClientSession> => {
    await kept();
    lastSession += 1;
    const session = lastSession;
    sessions.set(session, { context, numbers: new Map() });
    const { env, loginUrl, redirectUris, timeoutMs, browserKey } = context;
    const started = await peer().call('begin', { session, env, loginUrl, redirectUris, timeoutMs, browserKey });
    return {
      main: remoteProcess(peer, keep, session, processSchema.parse(started)),
      spawn: () => more('spawn', session),
      another: () => more('another', session),
      ...(abilities.previous === true && { previous: () => earlier(session) }),
      async end() {
        // A disconnected partner cannot end anything; the run is then interrupted.
        await peer()
          .call('end', { session })
          .catch(() => undefined);
        sessions.delete(session);
      },
    };
  };

  return {
    driver: {
      ...{ type, abilities, parallelSessions, begin },
      ...(sees ? { see: (event: object) => peer().note('seen', event) } : {}),
    },
    methods: {
      event(params) {
        const { session, seq, body } = eventNoteSchema.parse(params);
        const open = sessions.get(session);
        if (open === undefined) return;
        open.numbers.set(seq, open.context.record(reportedEvent(body, open)).seq);
      },
      settled: () => null,
      async step(params) {
        const { login, step, url } = stepSchema.parse(params);
        const steps = logins.get(login) ?? {};
        if (step === 'callback') return (await steps.onCallback?.(url)) ?? { urls: [url] };
        await steps.onOpen?.(url);
        return { urls: [] };
      },
    },
  };
}

/** Creates a process of the client at the partner's.
 * @param keep stores the steps of a login and returns its number */
function remoteProcess(
  peer: () => Peer,
  keep: (steps: LoginSteps) => number,
  session: number,
  { id, user }: z.infer<typeof processSchema>,
): ClientProcess {
  const act = async (name: string, more: object = {}): Promise<z.infer<typeof answerSchema>> =>
    answerSchema.parse(await peer().call('act', { session, process: id, name, ...more }));
  const plain = (name: string, more?: object): Promise<ActionAnswer> => act(name, more) as Promise<ActionAnswer>;
  return {
    id,
    user,
    async authorize(steps = {}): Promise<LoginAnswer> {
      const login = keep(steps);
      const { onOpen, onCallback, watches } = steps;
      const takes = { onOpen: onOpen !== undefined, onCallback: onCallback !== undefined, watches: watches === true };
      const answer = await act('authorize', { login, steps: takes });
      return { ...answer, opened: answer.opened === true, redirected: answer.redirected === true } as LoginAnswer;
    },
    call: () => plain('call'),
    refresh: () => plain('refresh'),
    status: () => plain('status'),
    disconnect: () => plain('disconnect'),
    restart: (how = {}) => plain('restart', how),
    async end() {
      await act('end');
    },
  };
}

/** Returns the event to record: marked as reported by the partner, redacted, with event numbers of this history. */
function reportedEvent(body: Reported, { context, numbers }: OpenSession): EventBody {
  const marked = { ...body, by: 'partner' } as const;
  if (marked.kind === 'output') {
    // Redacted together, because a secret may be split over several lines.
    const { text, leaked } = context.redact(marked.lines.join('\n'));
    return { ...marked, lines: text.split('\n'), leaked: [...new Set([...marked.leaked, ...leaked])] };
  }
  const clean = redacted(marked, (text) => context.redact(text).text);
  return clean.kind === 'visit' ? { ...clean, verb: numbers.get(clean.verb ?? 0) } : clean;
}

/** Redacts every text in a value, at any depth. */
function redacted<T>(value: T, redact: (text: string) => string): T {
  if (typeof value === 'string') return redact(value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => redacted(one, redact)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, redacted<unknown>(one, redact)])) as T;
}
