/** Runs one login of a client that opens an authorization URL: joins the client's answer to what the browser saw. */
import type { Browser } from './agent/browser.ts';
import { note, type LoginProgress, type VisitEnd, type VisitTask } from './agent/task.ts';
import { follow } from './agent/visit.ts';
import type { LoginAnswer, LoginSteps, SessionContext, ActionAnswer } from './driver.ts';
import { within } from './process/deadline.ts';
import { requestAction, type ActionContext, type ActionTicket } from './action.ts';

/** A login in progress, through which drivers report opened URLs. */
export interface Login {
  /** Opens a URL in the browser; returns false when the client has opened too many already. */
  open(url: URL): boolean;
  readonly opened: boolean;
}

/** What one login needs of its driver and its scenario. */
export interface LoginParts {
  readonly context: SessionContext;
  readonly browser: Browser;
  readonly place: ActionContext;
  readonly steps: LoginSteps;
  /** Passes a callback with a private-use scheme to the client; resolves with the reason when it was not taken. */
  readonly handOver: (url: string) => Promise<string | undefined>;
  /** Asks the client and resolves with its answer. Must stop when `ticket.signal` is aborted. */
  readonly ask: (login: Login, ticket: ActionTicket) => Promise<ActionAnswer>;
}

/** Milliseconds for which a page of the client may still load after the client reported the end of the login. */
const lastPageMs = 2_000;
/** Longest time in milliseconds for which an undelivered callback is retried, even on a busy machine. */
const knockingMs = 15_000;
/** Most URLs that a client may open in one login. */
const mostOpens = 8;
/** Most redirects that the browser follows in one login. */
export const redirectHops = 20;

/** Runs the login. Rejects only when a step of the scenario does. */
export function askLogin(parts: LoginParts): Promise<LoginAnswer> {
  const progress = newProgress();
  const whole = (answer: ActionAnswer): LoginAnswer => loginAnswer(answer, progress);
  return requestAction(
    parts.context,
    'authorize',
    parts.place,
    (ticket) => walk(parts, ticket, progress).then(whole),
    whole,
  );
}

async function walk(parts: LoginParts, ticket: ActionTicket, progress: LoginProgress): Promise<ActionAnswer> {
  const visits = new Set<Promise<void>>();
  let opens = 0;
  const failedEarly = Promise.withResolvers<ActionAnswer>();
  const login: Login = {
    get opened() {
      return progress.opened;
    },
    open(url) {
      opens += 1;
      if (opens > mostOpens) return false;
      const task: VisitTask = {
        ...parts,
        action: ticket.seq,
        signal: ticket.signal,
        progress,
        hops: redirectHops,
        entered: false,
        markup: new Map(),
      };
      note(task, 'opened', url.href);
      progress.opened = true;
      const visit = follow(task, { url, method: 'GET', headers: {} }).then((end) => {
        visits.delete(visit);
        const why = dead(end, task.entered || url.searchParams.has('client_id'));
        if (why !== undefined && visits.size === 0 && progress.delivered !== true) {
          failedEarly.resolve({ result: 'failed', error: why, reason: end.kind === 'page' ? undefined : end.reason });
        }
      }, failedEarly.reject);
      visits.add(visit);
      return true;
    },
  };
  // Rejections reach the race below; a later one has no handler.
  failedEarly.promise.catch(() => undefined);
  const answer = await Promise.race([parts.ask(login, ticket), failedEarly.promise]);
  await within(Promise.all(visits), lastPageMs);
  // Whether the callback was lost is known only when the browser has given up.
  if (progress.redirected && progress.delivered === undefined) await within(Promise.all(visits), knockingMs);
  return answer;
}

/** Returns why a login cannot succeed after this end of a visit; undefined when the client may still finish it.
 * @param request whether it was an authorization request; a client may open another page first, such as its manual */
function dead(end: VisitEnd, request: boolean): string | undefined {
  switch (end.kind) {
    case 'page':
      if (!end.atMock) return undefined;
      return `the authorization request ended on a page with status ${end.status}${end.detail === '' ? '' : `: ${end.detail}`}`;
    case 'stopped':
    case 'unreachable':
      return request ? end.detail : undefined;
    case 'lost':
    case 'withheld':
      return end.detail;
    case 'closed':
    case 'taken':
    case 'aborted':
      return undefined;
  }
}

/** Creates the progress of a login that has not begun. */
export function newProgress(): LoginProgress {
  return { opened: false, redirected: false, delivered: undefined, undelivered: undefined };
}

/** Joins the client's answer to what the browser has seen. */
export function loginAnswer(answer: ActionAnswer, progress: LoginProgress): LoginAnswer {
  const { opened, redirected, delivered, undelivered } = progress;
  return {
    ...answer,
    opened,
    redirected,
    ...(delivered === undefined ? {} : { delivered }),
    ...(delivered !== false || undelivered === undefined ? {} : { undelivered }),
  };
}
