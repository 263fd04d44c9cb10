/** One tab of one user, as a process of the client. */
import type { Application } from '../http/visitor.ts';
import type { VisitTask } from '../agent/task.ts';
import type { BrowserConfig, PageAction } from '../config.ts';
import {
  clientText,
  type ActionAnswer,
  type ClientProcess,
  type LoginAnswer,
  type LoginSteps,
  type SessionContext,
} from '../driver.ts';
import { loginAnswer, newProgress, redirectHops } from '../login.ts';
import { deadline, within } from '../process/deadline.ts';
import { gatherEvidence } from '../process/evidence.ts';
import { requestPlainAction, requestAction, type ActionContext } from '../action.ts';
import { act, type ActionPlace } from './action.ts';
import { createPageLogin } from './login.ts';
import { settled, shown } from './arrival.ts';
import type { OpenPage, Profile } from './profile.ts';
import { closed, createWindow } from './window.ts';

export interface TabParts {
  readonly id: string;
  readonly profile: Profile;
  readonly application: Application;
  readonly config: BrowserConfig;
  readonly context: SessionContext;
}

/** How long an application that says that its login is done may take to lead to the mock, at most. */
const leadMs = 5_000;
/** The end of a page or of a process is known a moment after what it breaks. */
const deathMs = 1_000;

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
  let busy = 0;
  let loggingIn = 0;
  const left = new EventTarget();

  const openFor = (action: PageAction): Promise<OpenPage> => window.open(loads(action) ? undefined : baseUrl);

  /** Runs `work` unless the page dies first; what it says of a page that is dying is not believed. */
  const alive = async (work: Promise<ActionAnswer>): Promise<ActionAnswer> => {
    const death = window.died.then((error): ActionAnswer => ({ result: 'died', error }));
    const answer = await Promise.race([work, death]);
    if (answer.result !== 'failed') return answer;
    const error = answer.error ?? '';
    if (/crashed|has been closed/i.test(error) && (await within(window.died, deathMs))) return death;
    return error.includes('net::ERR_') ? ((await application.gone()) ?? answer) : answer;
  };

  /** What a page shows is written by the client. */
  const said = async (work: Promise<ActionAnswer>): Promise<ActionAnswer> => {
    const { error, ...answer } = await work;
    return error === undefined ? answer : { ...answer, error: clientText(context, error) };
  };

  /** Resolves when the page is left for a login: what was under way in it is lost. */
  const leaving = (signal: AbortSignal): Promise<ActionAnswer> =>
    new Promise((resolve) => {
      left.addEventListener('left', () => resolve({ ...wasLeft }), { once: true, signal });
    });

  /** An action is under way in the page: until it is over, even when the page goes on waiting for something. */
  const occupy = (signal: AbortSignal): void => {
    busy += 1;
    signal.addEventListener('abort', () => (busy -= 1), { once: true });
  };

  const perform = async (
    action: PageAction,
    signal: AbortSignal,
    more: Pick<ActionPlace, 'timeoutMs' | 'asks'>,
  ): Promise<ActionAnswer> => {
    const { page } = await openFor(action);
    if (signal.aborted) return { result: 'timed-out' };
    occupy(signal);
    return said(act(action, { page, baseUrl, shared: busy > 1, ...more }));
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
      return alive(Promise.race([work, stray, leaving(signal)]));
    });

  const logIn = async (task: VisitTask, { page, frame }: OpenPage, aside: boolean): Promise<ActionAnswer> => {
    const { timeoutMs } = context;
    const login = createPageLogin({
      task,
      browserKey: context.browserKey,
      load: async (at, url) => {
        const taker = profile.pageOf(at) ?? profile.newest();
        await taker?.goto(url, { timeout: timeoutMs }).catch(() => undefined);
      },
      settled: (at) => settled(profile.pageOf(at), timeoutMs),
      shown: (at) => shown(profile.pageOf(at), timeoutMs),
    });
    const unfollow = profile.follow(frame, login);
    if (!aside) void login.taken.then(() => left.dispatchEvent(new Event('left')));
    if (!aside) occupy(task.signal);
    try {
      const beforeLast = (): Promise<unknown> => Promise.race([login.taken, deadline(timeoutMs, task.signal)]);
      const place = { page, baseUrl, timeoutMs, shared: !aside && busy > 1, asks: false, beforeLast };
      const answer = await Promise.race([said(act(config.authorize, place)), login.failedEarly]);
      if (answer.result === 'ok' && task.progress.delivered !== true) {
        // A function may have said so while the page still showed what it had shown before.
        const taken = await within(Promise.race([login.taken, login.failedEarly]), Math.min(leadMs, timeoutMs));
        if (taken) await settled(page, timeoutMs);
      }
      await login.delivered();
      const html = task.markup.size > 0 ? await page.content().catch(() => '') : '';
      login.look({ frame, url: page.url(), html });
      if (answer.result !== 'ok' || task.progress.redirected) return answer;
      return { result: 'failed', error: 'the application did not lead to the login', reason: 'no-login' };
    } finally {
      unfollow();
    }
  };

  const authorize = (steps: LoginSteps = {}): Promise<LoginAnswer> => {
    const progress = newProgress();
    const whole = (answer: ActionAnswer): LoginAnswer => loginAnswer(answer, progress);
    const work = async (seq: number, signal: AbortSignal): Promise<ActionAnswer> => {
      await application.ready();
      // What is under way in a page ends when the page is left: a user who does not want that connects in another tab.
      const aside = loggingIn > 0 || (busy > 0 && config.tabs > 1);
      const opened = aside ? await window.beside() : await openFor(config.authorize);
      if (aside && !loads(config.authorize)) await opened.page.goto(baseUrl, { timeout: context.timeoutMs });
      loggingIn += 1;
      const task: VisitTask = {
        ...{ browser, context, steps, action: seq, signal, progress, hops: redirectHops, entered: false },
        markup: new Map(),
        handOver: async () => 'a page takes no redirect URI with a scheme of its own',
      };
      try {
        return await logIn(task, opened, aside);
      } finally {
        loggingIn -= 1;
        if (aside) await closed(opened.page);
      }
    };
    return requestAction(context, 'authorize', where, ({ seq, signal }) => alive(work(seq, signal)).then(whole), whole);
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
const wasLeft: ActionAnswer = { result: 'failed', error: 'the page was left for a login' };
const notConnected: ActionAnswer = { result: 'ok', connected: false };

function failed(error: unknown): ActionAnswer {
  const [first = ''] = String(error instanceof Error ? error.message : error).split('\n');
  return { result: 'failed', error: first };
}

/** It begins by loading a page itself. A function finds the application open. */
function loads(action: PageAction): boolean {
  if (typeof action === 'function') return false;
  const [first] = Array.isArray(action) ? action : [action];
  return first?.goto !== undefined;
}
