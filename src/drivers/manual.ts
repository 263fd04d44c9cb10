/** The client is moved by a person: each verb becomes an instruction, and what the mock sees of it needs no reply. */
import type {
  ClientProcess,
  ClientSession,
  Driver,
  LoginAnswer,
  LoginSteps,
  SessionContext,
  ActionAnswer,
} from './driver.ts';
import { createBatch } from './manual/batch.ts';
import { createPromptQueue, type PromptQueue, type Instruction, type Reply } from './manual/prompt-queue.ts';
import { createObservedActions, type ObservedActions } from './manual/observed-actions.ts';
import { createTelling } from './manual/telling.ts';
import { showInTerminal, type TerminalPromptsOptions } from './manual/terminal-prompts.ts';
import { callWords, DISCONNECT, loginWords, REFRESH, restartWords, STATUS } from './manual/wording.ts';
import { requestPlainAction, requestAction, type ActionContext, type ActionTicket } from './action.ts';

/** Where a person reads and types. */
type Terminal = Omit<TerminalPromptsOptions, 'promptQueue' | 'more'>;

/** A driver without a machine. Without a `promptQueue` of somebody else's it uses the terminal that the command was typed in. */
export function createManualDriver(
  options: { readonly promptQueue?: PromptQueue; readonly terminal?: Terminal } = {},
): Driver {
  const observed = createObservedActions();
  const promptQueue = options.promptQueue ?? createPromptQueue({ now: Date.now });
  const tell = createTelling();
  return {
    type: 'manual',
    abilities: {
      ...{ restart: true, refresh: true, status: true, disconnect: true },
      ...{ processes: false, tabs: false, users: false, parallelCalls: false },
    },
    parallelSessions: false,
    see: (event) => observed.see(event),
    begin: async (context) => {
      const terminal = options.terminal ?? OWN;
      // Whoever has a promptQueue of their own has told it all there.
      if (options.promptQueue === undefined) tell(context, terminal.say);
      const leave = options.promptQueue === undefined ? showInTerminal({ promptQueue, ...terminal }) : undefined;
      return beginManual({ promptQueue, observed, ...(leave === undefined ? {} : { leave }) }, context);
    },
  };
}

const OWN: Terminal = {
  keys: process.stdin,
  say: (text) => void process.stderr.write(`${text}\n`),
  interrupt: () => process.kill(process.pid, 'SIGINT'),
};

interface ManualParts {
  readonly promptQueue: PromptQueue;
  readonly observed: ObservedActions;
  /** Runs when the session ends. */
  readonly leave?: () => void;
}

/** A person gets so many times what a program gets: `run.timeoutMs` of 30 s is 5 minutes here. */
export const PERSON_FACTOR = 10;
/** Node's timers hold no more. */
const LONGEST_MS = 2_147_483_647;

/** Verbs reject once the session has ended. That a person does not reply counts as left out. */
function beginManual({ promptQueue, observed, leave }: ManualParts, context: SessionContext): ClientSession {
  const over = new AbortController();
  const timeoutMs = Math.min(context.timeoutMs * PERSON_FACTOR, LONGEST_MS);
  const pending = new Set<Promise<unknown>>();
  const place: ActionContext = {
    process: `P${String(context.next('process'))}`,
    user: `U${String(context.next('user'))}`,
    flush: () => undefined,
    // `ask` ends by itself: that nobody replied says nothing of the client.
    timeoutMs: Infinity,
  };
  let logins = 0;

  /** Asks until there is a reply, or what was to be done has been seen; both end with the session. */
  const ask = async (
    words: Words,
    ticket: AbortSignal,
    seen?: (signal: AbortSignal) => Promise<void>,
  ): Promise<Reply> => {
    const done = new AbortController();
    const signal = AbortSignal.any([ticket, over.signal, done.signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const replied = promptQueue.ask({ ...words, timeoutMs }, signal);
      const watched = seen?.(signal).then((): Reply => 'done');
      return (await (watched === undefined ? replied : Promise.race([replied, watched]))) ?? 'skip';
    } finally {
      done.abort();
    }
  };
  const assertOpen = (): void => {
    if (over.signal.aborted) throw new Error('the session is over');
  };
  /** Nothing goes on behind the end of a session: not even the scenario that asked. */
  const bounded = async <A extends ActionAnswer>(work: () => Promise<A>): Promise<A> => {
    assertOpen();
    const working = work();
    pending.add(working);
    try {
      const answer = await working;
      assertOpen();
      return answer;
    } finally {
      pending.delete(working);
    }
  };
  const verb = (words: Words, answerOf: (reply: Reply) => ActionAnswer = plainAnswer): Promise<ActionAnswer> =>
    bounded(() =>
      requestPlainAction(context, words.verb, place, async ({ signal }) => answerOf(await ask(words, signal))),
    );

  const askCalls = createBatch((k) => ask(callWords(k), over.signal, (until) => observed.calls(k, until)));

  const login = async (ticket: ActionTicket, steps: LoginSteps): Promise<LoginAnswer> => {
    logins += 1;
    // Where the browser went is not known here in full; what only looks on does not need it.
    const seen = observed.login(ticket.signal, () => void steps.onCallback?.(context.redirectUris[0] ?? ''));
    const reply = await ask(loginWords(logins === 1), ticket.signal, () => seen.succeeded);
    const { opened, redirected, delivered } = seen;
    // What a person says counts where the mock could not look: the client may have shown its page and no more.
    return { ...plainAnswer(reply), opened, redirected, ...(redirected && delivered ? { delivered } : {}) };
  };
  const late = (answer: ActionAnswer): LoginAnswer => ({ ...answer, opened: false, redirected: false });

  const main: ClientProcess = {
    id: place.process,
    user: place.user,
    authorize: (steps = {}) =>
      bounded(() =>
        requestAction(
          context,
          'authorize',
          place,
          // The callback goes from the person's own browser to the client: nobody here can change it on its way.
          (ticket) => {
            const alters = steps.onCallback !== undefined && steps.watches !== true;
            return alters ? Promise.resolve(late(BY_HAND)) : login(ticket, steps);
          },
          late,
        ),
      ),
    call: () => bounded(() => requestPlainAction(context, 'call', place, async () => plainAnswer(await askCalls()))),
    refresh: () => verb(REFRESH),
    status: () => verb(STATUS, statusAnswer),
    disconnect: () => verb(DISCONNECT),
    restart: (options = {}) => verb(restartWords(options.kill === true)),
    end: () => Promise.resolve(),
  };
  return {
    main,
    spawn: () => Promise.resolve(undefined),
    another: () => Promise.resolve(undefined),
    async end() {
      over.abort();
      await Promise.allSettled(pending);
      leave?.();
    },
  };
}

type Words = Omit<Instruction, 'id' | 'askedAt' | 'timeoutMs'>;

const BY_HAND: ActionAnswer = { result: 'unsupported', skipped: true, error: 'a callback cannot be changed by hand' };

function plainAnswer(reply: Reply): ActionAnswer {
  switch (reply) {
    case 'done':
      return { result: 'ok' };
    case 'failed':
      return { result: 'failed', error: 'the person says that it failed' };
    case 'reconnect':
      return { result: 'failed', reauthorize: true, error: 'the person says that the client asks to connect again' };
    case 'unsupported':
      return { result: 'unsupported' };
    case 'skip':
      return { result: 'unsupported', skipped: true, error: 'the person left it out, or did not reply' };
  }
}

function statusAnswer(reply: Reply): ActionAnswer {
  if (reply === 'done') return { result: 'ok', connected: true };
  if (reply === 'reconnect') return { result: 'ok', connected: false };
  return plainAnswer(reply);
}
