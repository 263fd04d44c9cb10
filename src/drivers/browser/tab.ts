/** Represents one tab of one user as a process of the client. */
import type { Application } from '../http/visitor.ts';
import type { VisitTask } from '../agent/task.ts';
import type { BrowserConfig, PageAction } from '../config.ts';
import {
  type ActionAnswer,
  type ClientProcess,
  type LoginAnswer,
  type LoginSteps,
  type SessionContext,
} from '../driver.ts';
import { loginAnswer, newProgress, redirectHops } from '../login.ts';
import { within } from '../process/deadline.ts';
import { gatherEvidence } from '../process/evidence.ts';
import { requestPlainAction, requestAction, type ActionContext } from '../action.ts';
import { act, type ActionPlace } from './action.ts';
import { createOccupancy } from './occupancy.ts';
import type { OpenPage, Profile } from './profile.ts';
import { clientSaid, logInPage } from './tab-login.ts';
import { closed, createWindow, type Window } from './window.ts';

/** What a tab is made of. */
export interface TabParts {
  readonly id: string;
  readonly profile: Profile;
  readonly application: Application;
  readonly config: BrowserConfig;
  readonly context: SessionContext;
}

/** Milliseconds until the end of a page or process becomes known after it broke an action. */
const deathMs = 1_000;

/** Creates a tab as a process of the client; its page is opened on first use. */
export function createTab({ id, profile, application, config, context }: TabParts): ClientProcess {
  const { user, browser } = profile.clientUser;
  const { baseUrl } = config;
  const evidence = gatherEvidence(context, id);
  const window = createWindow({ id, profile, context, evidence });
  const flush = (): void => {
    application.flush();
    evidence.flush();
  };
  const where: ActionContext = { process: id, user, flush };
  const occupancy = createOccupancy();
  let loggingIn = 0;

  const openFor = (action: PageAction): Promise<OpenPage> => window.open(loads(action) ? undefined : baseUrl);

  const perform = async (
    action: PageAction,
    signal: AbortSignal,
    more: Pick<ActionPlace, 'timeoutMs' | 'asks'>,
  ): Promise<ActionAnswer> => {
    const { page } = await openFor(action);
    if (signal.aborted) return { result: 'timed-out' };
    occupancy.occupy(signal);
    return clientSaid(context, act(action, { page, baseUrl, shared: occupancy.busy > 1, ...more }));
  };

  const ask = (name: 'call' | 'refresh' | 'status' | 'disconnect'): Promise<ActionAnswer> =>
    requestPlainAction(context, name, where, async ({ signal }) => {
      const action = config[name];
      if (action === undefined) return { result: 'unsupported' };
      await application.ready();
      const { timeoutMs } = context;
      const asks = name === 'status';
      const stray = profile.strayLogin(signal).then(() => (asks ? { ...notConnected } : { ...beganLogin }));
      const timeoutPolicy = asks ? Math.max(Math.min(timeoutMs, 2_000), timeoutMs / 6) : timeoutMs;
      const work = perform(action, signal, { timeoutMs: timeoutPolicy, asks }).catch(failed);
      return unlessDead(Promise.race([work, stray, occupancy.leaving(signal)]), window, application);
    });

  const authorize = (steps: LoginSteps = {}): Promise<LoginAnswer> => {
    const progress = newProgress();
    const whole = (answer: ActionAnswer): LoginAnswer => loginAnswer(answer, progress);
    const work = async (seq: number, signal: AbortSignal): Promise<ActionAnswer> => {
      await application.ready();
      // Leaving a page for a login ends the actions in it; a user who wants to keep them connects in another tab.
      const aside = loggingIn > 0 || (occupancy.busy > 0 && config.tabs > 1);
      const opened = aside ? await window.beside() : await openFor(config.authorize);
      if (aside && !loads(config.authorize)) await opened.page.goto(baseUrl, { timeout: context.timeoutMs });
      loggingIn += 1;
      const task = taskOf({ browser, context, steps, action: seq, signal, progress });
      try {
        return await logInPage({ profile, config, context, occupancy }, task, opened, aside);
      } finally {
        loggingIn -= 1;
        if (aside) await closed(opened.page);
      }
    };
    return requestAction(
      context,
      'authorize',
      where,
      ({ seq, signal }) => unlessDead(work(seq, signal), window, application).then(whole),
      whole,
    );
  };

  return {
    id,
    user,
    authorize,
    call: () => ask('call'),
    refresh: () => ask('refresh'),
    status: () => ask('status'),
    disconnect: () => ask('disconnect'),
    restart: ({ kill = false } = {}) =>
      requestPlainAction(context, 'restart', { ...where, timeoutMs: Infinity }, async () => {
        if (config.start === undefined) return { result: 'unsupported' };
        await window.close();
        return application.restart(kill);
      }),
    end: async () => {
      await window.close();
      evidence.flush();
    },
  };
}

const beganLogin: ActionAnswer = { result: 'failed', error: 'the application began a login', reauthorize: true };
const notConnected: ActionAnswer = { result: 'ok', connected: false };

/** Runs `work` unless the page crashes first; results of a crashing page are ignored. */
async function unlessDead(
  work: Promise<ActionAnswer>,
  window: Pick<Window, 'died'>,
  application: Application,
): Promise<ActionAnswer> {
  const death = window.died.then((error): ActionAnswer => ({ result: 'died', error }));
  const answer = await Promise.race([work, death]);
  if (answer.result !== 'failed') return answer;
  const error = answer.error ?? '';
  if (/crashed|has been closed/i.test(error) && (await within(window.died, deathMs))) return death;
  return error.includes('net::ERR_') ? ((await application.gone()) ?? answer) : answer;
}

/** Creates the task of a login in a page. */
const taskOf = (
  parts: Pick<VisitTask, 'browser' | 'context' | 'steps' | 'action' | 'signal' | 'progress'>,
): VisitTask => ({
  ...parts,
  ...{ hops: redirectHops, entered: false, markup: new Map() },
  handOver: async () => 'a page takes no redirect URI with a scheme of its own',
});

function failed(error: unknown): ActionAnswer {
  const [first = ''] = String(error instanceof Error ? error.message : error).split('\n');
  return { result: 'failed', error: first };
}

/** Returns whether the action loads a page itself; a function expects the application to be open. */
function loads(action: PageAction): boolean {
  if (typeof action === 'function') return false;
  const [first] = Array.isArray(action) ? action : [action];
  return first?.goto !== undefined;
}
