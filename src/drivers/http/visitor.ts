/** Represents one user of the web application: a browser with a separate cookie jar. */
import type { VisitEnd, VisitTask } from '../agent/task.ts';
import { follow } from '../agent/visit.ts';
import type { HttpConfig, RequestConfig } from '../config.ts';
import {
  clientText,
  type ActionAnswer,
  type ClientProcess,
  type LoginAnswer,
  type LoginSteps,
  type SessionContext,
} from '../driver.ts';
import { loginAnswer, newProgress, redirectHops } from '../login.ts';
import type { ClientUser } from '../client-user.ts';
import { requestPlainAction, requestAction, type ActionContext } from '../action.ts';
import { askOf } from './ask.ts';
import { requestCall, requestDisconnect, requestStatus, type RequestPlace } from './request.ts';
import type { Ask } from '../agent/fetch.ts';

/** The application that all its users share. */
export interface Application {
  readonly id: string;
  /** Resolves when the application is not being restarted. */
  ready(): Promise<void>;
  flush(): void;
  /** Returns the answer to an action that was open when the application's process ended; undefined when it has not ended as far as is
   * known. */
  gone(): Promise<ActionAnswer | undefined>;
  restart(kill: boolean): Promise<ActionAnswer>;
}

/** Creates a user of a web application, with an empty cookie jar. */
export function createVisitor(
  application: Application,
  config: HttpConfig,
  context: SessionContext,
  { user, browser }: ClientUser,
): ClientProcess {
  const where: ActionContext = { process: application.id, user, flush: () => application.flush() };
  const loginAsk = askOf(config.authorize, config.baseUrl);

  const ask = (
    name: 'call' | 'refresh' | 'status' | 'disconnect',
    send: (ask: Ask, place: RequestPlace) => Promise<ActionAnswer>,
  ): Promise<ActionAnswer> => {
    const request: RequestConfig | undefined = config[name];
    return requestPlainAction(context, name, where, async ({ marker, signal }) => {
      if (request === undefined) return { result: 'unsupported' };
      await application.ready();
      const { timeoutMs } = context;
      const { reauthorizeOn } = config;
      const hide = (text: string): string => clientText(context, text);
      const place = { browser, timeoutMs, signal, loginUrl: loginAsk.url, reauthorizeOn, hide };
      const asked = askOf(request, config.baseUrl);
      const headers = marker === undefined ? asked.headers : { ...asked.headers, 'x-sf-call-marker': marker };
      const answer = await send({ ...asked, headers }, place);
      return unanswered(answer) ? ((await application.gone()) ?? answer) : answer;
    });
  };

  const authorize = (steps: LoginSteps = {}): Promise<LoginAnswer> => {
    const progress = newProgress();
    const whole = (answer: ActionAnswer): LoginAnswer => loginAnswer(answer, progress);
    return requestAction(
      context,
      'authorize',
      where,
      async ({ seq, signal }) => {
        await application.ready();
        const task: VisitTask = {
          browser,
          context,
          steps,
          action: seq,
          signal,
          progress,
          handOver: async () => 'a web application takes no redirect URI with a scheme of its own',
          hops: redirectHops,
          entered: false,
          markup: new Map(),
        };
        const answer = answerOf(await follow(task, loginAsk), progress.redirected);
        return whole(unanswered(answer) ? ((await application.gone()) ?? answer) : answer);
      },
      whole,
    );
  };

  return {
    id: application.id,
    user,
    authorize,
    call: () => ask('call', requestCall),
    refresh: () => ask('refresh', requestCall),
    status: () => ask('status', requestStatus),
    disconnect: () => ask('disconnect', requestDisconnect),
    restart: ({ kill = false } = {}) =>
      requestPlainAction(context, 'restart', { ...where, timeoutMs: Infinity }, () => application.restart(kill)),
    // All users share the application; the session ends it.
    end: async () => undefined,
  };
}

/** Returns whether there was no answer at all. */
function unanswered({ result, status }: ActionAnswer): boolean {
  return result === 'failed' && status === undefined;
}

function answerOf(end: VisitEnd, redirected: boolean): ActionAnswer {
  if (end.kind !== 'page') return { result: 'failed', error: end.detail, reason: end.reason };
  const { status, atMock, detail } = end;
  const words = detail === '' ? '' : `: ${detail}`;
  if (atMock)
    return { result: 'failed', status, error: `the login ended on a page of the mock, status ${status}${words}` };
  if (status < 200 || status >= 300) {
    return { result: 'failed', status, error: `the application answered ${status}${words}`, reason: 'no-login' };
  }
  if (!redirected) {
    return { result: 'failed', status, error: 'the application did not lead to the login', reason: 'no-login' };
  }
  return { result: 'ok', status };
}
