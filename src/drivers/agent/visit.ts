/** Follows one login in the harness's browser: from the first URL through the mock to the client's callback and its last page. */
import { arrive } from './arrive.ts';
import { deliver } from './deliver.ts';
import type { Ask, NoPage } from './fetch.ts';
import { fetchWithRetry } from './fetch-with-retry.ts';
import { ELSEWHERE, isRegistered, isResponse, redirectTarget, withoutQuery } from './place.ts';
import { note, type VisitEnd, type VisitTask } from './task.ts';

/** Sends a request and follows redirects to a page, a refused address or an error. Rejects only when a step of the scenario does. */
export async function follow(task: VisitTask, first: Ask): Promise<VisitEnd> {
  const { browser, signal, context } = task;
  for (let ask = first; ;) {
    if (!browser.mayVisit(ask.url)) return { ...stop(task, ask.url, ELSEWHERE), reason: 'opened-elsewhere' };
    if (browser.isMock(ask.url)) await enter(task, ask.url);
    const fetched = await fetchWithRetry(browser, ask, { timeoutMs: context.timeoutMs, signal });
    if (fetched.kind !== 'page') return fail(task, ask.url, fetched);
    const next = redirectTarget(fetched.status, fetched.location, ask.url);
    if (next === undefined) return arrive(task, ask.url, fetched);
    if (task.hops === 0) return stop(task, next, 'too many redirects');
    task.hops -= 1;
    if (isCallback(task, ask.url, next)) {
      task.progress.redirected = true;
      return deliver(task, next, (onward) => follow(task, onward));
    }
    ask = nextAsk(ask, fetched.status, next);
  }
}

async function enter(task: VisitTask, url: URL): Promise<void> {
  if (task.entered) return;
  task.entered = true;
  if (!task.progress.opened) note(task, 'opened', url.href);
  task.progress.opened = true;
  await task.steps.onOpen?.(url.href);
}

function isCallback(task: VisitTask, from: URL, to: URL): boolean {
  if (!task.browser.isMock(from)) return false;
  return isRegistered(to, task.context.redirectUris) || (!task.browser.isMock(to) && isResponse(to));
}

/** Returns the request for a redirect: 303 always, 301 and 302 after POST, turn into GET (RFC 9110 §15.4). Headers of the first request
 * are not repeated. */
function nextAsk(ask: Ask, status: number, url: URL): Ask {
  const keeps = status === 307 || status === 308;
  if (!keeps || ask.method === 'GET') return { url, method: ask.method === 'HEAD' ? 'HEAD' : 'GET', headers: {} };
  // A body belongs to the application; it is never sent to another origin.
  if (url.origin !== ask.url.origin) return { url, method: ask.method, headers: {} };
  return { ...ask, url };
}

function stop(task: VisitTask, url: URL, why: string) {
  const detail = `${task.context.redact(withoutQuery(url.href)).text.slice(0, 500)}: ${why}`;
  note(task, 'page', url.href, { detail: why });
  return { kind: 'stopped', detail } as const;
}

function fail(task: VisitTask, url: URL, fetched: NoPage): VisitEnd {
  const detail = task.context.redact(fetched.detail).text.slice(0, 500);
  if (fetched.kind === 'aborted') return { kind: 'aborted', detail };
  note(task, 'page', url.href, { detail });
  const kind = fetched.kind === 'closed' ? 'closed' : 'unreachable';
  return { kind, detail: `${url.origin} gave no answer: ${detail}`, reason: 'no-answer' };
}
