/** Delivers the authorization response to the client's own listener (RFC 6749 §4.1.2, RFC 8252 §7.3). */
import { arrive } from './arrive.ts';
import type { Ask } from './fetch.ts';
import { markupOf } from './markup.ts';
import { fetchWithRetry } from './fetch-with-retry.ts';
import { isHttp, isRegistered, redirectTarget } from './place.ts';
import { note, type VisitEnd, type VisitTask } from './task.ts';

/** Follows the redirects of the client's answer. */
type Onward = (ask: Ask) => Promise<VisitEnd>;

/** Delivers a callback to `url`. The scenario may change it or have several delivered one after another. */
export async function deliver(task: VisitTask, url: URL, onward: Onward): Promise<VisitEnd> {
  const chosen = (await task.steps.onCallback?.(url.href)) ?? { urls: [url.href] };
  const extra = chosen.tampered === undefined ? {} : { tampered: chosen.tampered };
  const ends: VisitEnd[] = [];
  for (const text of chosen.urls) {
    if (task.signal.aborted) break;
    const target = URL.parse(text);
    if (target !== null) ends.push(await deliverOne(task, target, extra, onward));
  }
  if (task.signal.aborted) return { kind: 'aborted', detail: 'the visit was given up' };
  // A client that accepted the first may refuse the second: the best result shows whether the login succeeded.
  return (
    ends.find((end) => end.kind === 'page' && end.status < 300) ??
    ends[0] ?? { kind: 'withheld', detail: 'the callback was not delivered, as the scenario wanted' }
  );
}

async function deliverOne(
  task: VisitTask,
  url: URL,
  extra: { readonly tampered?: string },
  onward: Onward,
): Promise<VisitEnd> {
  const error = url.searchParams.get('error');
  const more = { ...extra, ...(error === null ? {} : { error: task.context.redact(error).text.slice(0, 256) }) };
  const reached = (): void => {
    task.progress.delivered = true;
    note(task, 'callback', url.href, more);
  };

  if (!isHttp(url)) {
    note(task, 'callback', url.href, more);
    const refused = await task.handOver(url.href);
    if (refused !== undefined) return lose(task, url, refused);
    task.progress.delivered = true;
    return { kind: 'taken', detail: 'the client took the callback' };
  }
  if (!task.browser.mayVisit(url) && !isRegistered(url, task.context.redirectUris)) {
    return lose(task, url, `${url.origin} is neither this machine nor a registered redirect URI`);
  }

  const { timeoutMs } = task.context;
  const ask = { url, method: 'GET', headers: {} };
  const fetched = await fetchWithRetry(task.browser, ask, {
    timeoutMs,
    signal: task.signal,
    onConnected: reached,
    answeredBefore: task.progress.delivered === true,
  });
  if (fetched.kind === 'refused') return lose(task, url, `nothing listens at ${url.origin}`);
  if (fetched.kind === 'unreachable') return lose(task, url, `${url.origin} cannot be reached: ${fetched.detail}`);
  if (fetched.kind === 'closed') {
    note(task, 'page', url.href, { detail: `no answer: ${fetched.detail}` });
    return { kind: 'closed', detail: 'the client took the callback and gave no answer' };
  }
  if (fetched.kind !== 'page') return { kind: 'aborted', detail: fetched.detail };
  task.markup = markupOf(url);
  const next = redirectTarget(fetched.status, fetched.location, url);
  if (next === undefined) return arrive(task, url, fetched, extra);
  note(task, 'page', url.href, { ...extra, status: fetched.status });
  if (task.hops === 0) return { kind: 'stopped', detail: 'too many redirects' };
  task.hops -= 1;
  return onward({ url: next, method: 'GET', headers: {} });
}

function lose(task: VisitTask, url: URL, why: string): VisitEnd {
  const detail = task.context.redact(why).text.slice(0, 500);
  task.progress.delivered ??= false;
  task.progress.undelivered ??= detail;
  note(task, 'lost', url.href, { detail });
  return { kind: 'lost', detail };
}
