/** Runs the manual driver: each action becomes an instruction to a person. An action that the mock can observe needs no reply. */
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

/** The terminal where a person reads instructions and types replies. */
type Terminal = Omit<TerminalPromptsOptions, 'promptQueue' | 'more'>;

/** Creates a driver whose client a person operates. Without `promptQueue` it uses the terminal of the command. */
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
      // A caller with its own prompt queue has shown the variables already.
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
  /** Called when the session ends. */
  readonly leave?: (() => void) | undefined;
}

/** Factor by which a person gets more time than a program: a `run.timeoutMs` of 30 s becomes 5 minutes. */
export const PERSON_FACTOR = 10;
/** Longest delay that Node's timers support. */
const LONGEST_MS = 2_147_483_647;
/** Used for a context without `ended`. */
const NEVER_ENDED = new AbortController().signal;

function beginManual({ promptQueue, observed, leave }: ManualParts, context: SessionContext): ClientSession {
  const { ended = NEVER_ENDED } = context;
  const ask = createAsk(promptQueue, Math.min(context.timeoutMs * PERSON_FACTOR, LONGEST_MS));
  const place: ActionContext = {
    process: `P${String(context.next('process'))}`,
    user: `U${String(context.next('user'))}`,
    flush: () => undefined,
    // `ask` has its own time limit: a missing reply shows nothing about the client.
    timeoutMs: Infinity,
  };
  let logins = 0;
  const action = (words: Words, answerOf: (reply: Reply) => ActionAnswer = plainAnswer): Promise<ActionAnswer> =>
    requestPlainAction(context, words.action, place, async ({ signal }) => answerOf(await ask(words, signal)));

  const askCalls = createBatch((k) => ask(callWords(k), ended, (until) => observed.calls(k, until)));

  const login = async (ticket: ActionTicket, steps: LoginSteps): Promise<LoginAnswer> => {
    logins += 1;
    // The complete address of the callback is not known here; a step that only observes does not need it.
    const seen = observed.login(ticket.signal, () => void steps.onCallback?.(context.redirectUris[0] ?? ''));
    const reply = await ask(loginWords(logins === 1), ticket.signal, () => seen.succeeded);
    const { opened, redirected, delivered } = seen;
    // The person's reply counts for what the mock could not observe: the client may have shown its page only.
    return { ...plainAnswer(reply), opened, redirected, ...(redirected && delivered ? { delivered } : {}) };
  };
  const late = (answer: ActionAnswer): LoginAnswer => ({ ...answer, opened: false, redirected: false });
  const authorize = (steps: LoginSteps = {}): Promise<LoginAnswer> => {
    // The callback goes from the person's browser to the client directly: the harness cannot change it.
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

/** Asks a person until there is a reply, or until the mock has observed the action. No reply in time counts as skipped. */
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
