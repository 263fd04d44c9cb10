/** The client is moved by a person: each action becomes an instruction, and what the mock sees of it needs no reply. */
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
import { createVariablesNotice } from './manual/variables.ts';
import { showInTerminal, type TerminalPromptsOptions } from './manual/terminal-prompts.ts';
import { callWords, DISCONNECT, loginWords, REFRESH, restartWords, STATUS } from './manual/wording.ts';
import { requestPlainAction, requestAction, type ActionContext, type ActionTicket } from './action.ts';
import { endsActions } from './session-end.ts';

/** Where a person reads and types. */
type Terminal = Omit<TerminalPromptsOptions, 'promptQueue' | 'more'>;

/** Creates a driver whose client is operated by a person. Without a given `promptQueue` it uses the terminal that the command was typed in. */
export function createManualDriver(
  options: { readonly promptQueue?: PromptQueue; readonly terminal?: Terminal } = {},
): Driver {
  const observed = createObservedActions();
  const promptQueue = options.promptQueue ?? createPromptQueue({ now: Date.now });
  const showVariables = createVariablesNotice();
  return {
    type: 'manual',
    abilities: {
      ...{ restart: true, refresh: true, status: true, disconnect: true },
      ...{ processes: false, tabs: false, users: false, parallelCalls: false },
    },
    parallelSessions: false,
    see: (event) => observed.see(event),
    begin: endsActions(async (context) => {
      const terminal = options.terminal ?? OWN;
      // A caller with a promptQueue of its own has shown everything there.
      if (options.promptQueue === undefined) showVariables(context, terminal.say);
      const leave = options.promptQueue === undefined ? showInTerminal({ promptQueue, ...terminal }) : undefined;
      return beginManual({ promptQueue, observed, leave }, context);
    }),
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
  readonly leave?: (() => void) | undefined;
}

/** A person gets so many times what a program gets: `run.timeoutMs` of 30 s is 5 minutes here. */
export const PERSON_FACTOR = 10;
/** Node's timers hold no more. */
const LONGEST_MS = 2_147_483_647;
/** For a context that no driver has made. */
const NEVER_ENDED = new AbortController().signal;

function beginManual({ promptQueue, observed, leave }: ManualParts, context: SessionContext): ClientSession {
  const { ended = NEVER_ENDED } = context;
  const ask = createAsk(promptQueue, Math.min(context.timeoutMs * PERSON_FACTOR, LONGEST_MS));
  const place: ActionContext = {
    process: `P${String(context.next('process'))}`,
    user: `U${String(context.next('user'))}`,
    flush: () => undefined,
    // `ask` ends by itself: that there was no reply says nothing of the client.
    timeoutMs: Infinity,
  };
  let logins = 0;
  const action = (words: Words, answerOf: (reply: Reply) => ActionAnswer = plainAnswer): Promise<ActionAnswer> =>
    requestPlainAction(context, words.action, place, async ({ signal }) => answerOf(await ask(words, signal)));

  const askCalls = createBatch((k) => ask(callWords(k), ended, (until) => observed.calls(k, until)));

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
  const authorize = (steps: LoginSteps = {}): Promise<LoginAnswer> => {
    // The callback goes from the person's own browser to the client: the harness cannot change it on its way.
    const alters = steps.onCallback !== undefined && steps.watches !== true;
    const work = (ticket: ActionTicket) => (alters ? Promise.resolve(late(BY_HAND)) : login(ticket, steps));
    return requestAction(context, 'authorize', place, work, late);
  };

  const main: ClientProcess = {
    id: place.process,
    user: place.user,
    authorize,
    call: () => requestPlainAction(context, 'call', place, async () => plainAnswer(await askCalls())),
    refresh: () => action(REFRESH),
    status: () => action(STATUS, statusAnswer),
    disconnect: () => action(DISCONNECT),
    restart: (options = {}) => action(restartWords(options.kill === true)),
    end: () => Promise.resolve(),
  };
  return {
    main,
    spawn: () => Promise.resolve(undefined),
    another: () => Promise.resolve(undefined),
    async end() {
      leave?.();
    },
  };
}

/** Asks a person until there is a reply, or until what was asked for has been seen. No reply in time counts as left out. */
function createAsk(promptQueue: PromptQueue, timeoutMs: number) {
  return async (words: Words, over: AbortSignal, seen?: (signal: AbortSignal) => Promise<void>): Promise<Reply> => {
    const done = new AbortController();
    const signal = AbortSignal.any([over, done.signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const replied = promptQueue.ask({ ...words, timeoutMs }, signal);
      const watched = seen?.(signal).then((): Reply => 'done');
      return (await (watched === undefined ? replied : Promise.race([replied, watched]))) ?? 'skip';
    } finally {
      done.abort();
    }
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
