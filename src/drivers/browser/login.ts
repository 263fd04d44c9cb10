/** One login in a page: watches its navigations to the mock and back, and lets the scenario change the callback. */
import { reflected } from '../agent/markup.ts';
import { ELSEWHERE, isHttp, isRegistered, isResponse, redirectTarget } from '../agent/place.ts';
import { wordsOf } from '../agent/arrive.ts';
import { note, type VisitTask } from '../agent/task.ts';
import { clientText, type ActionAnswer, type LoginReason } from '../driver.ts';
import { createDeliveries, type DeliveriesParts } from './deliveries.ts';
import type { Decision, Pause } from './traffic.ts';

export interface PageLogin {
  /** A navigation that belongs to it. */
  decide(pause: Pause): Promise<Decision>;
  /** Resolves when nothing can come of it any more; rejects when a step of the scenario has thrown. */
  readonly failedEarly: Promise<ActionAnswer>;
  /** Resolves when a page that took a callback is there. */
  readonly taken: Promise<unknown>;
  /** Resolves when every callback that the scenario wanted has been delivered. */
  delivered(): Promise<void>;
  /** It has led to where the harness does not go. */
  stopped(url: URL): void;
  /** Looks at the page as it is now, once its scripts have run: at its address, and for markup of the callback in it. */
  look(page: { readonly frame: string; readonly url: string; readonly html: string }): void;
}

export interface PageLoginParts extends Pick<DeliveriesParts, 'task' | 'load' | 'settled'> {
  /** Value of the header by which the mock knows the harness's browser. */
  readonly browserKey: string;
  /** Called before a page is shown; resolves when it is. */
  readonly shown: (frame: string) => Promise<undefined>;
}

/** Pages that one login may leave in history. */
const mostPages = 20;

/** Creates a login in a page that has not been opened yet. */
export function createPageLogin({ task, browserKey, load, settled, shown }: PageLoginParts): PageLogin {
  const { browser, context, progress, steps, signal } = task;
  const failedEarly = Promise.withResolvers<ActionAnswer>();
  // It is raced with what the page does; a later rejection has no listener.
  failedEarly.promise.catch(() => undefined);
  const give = (error: string, reason?: LoginReason): void => {
    if (progress.delivered !== true) failedEarly.resolve({ result: 'failed', error, reason });
  };
  const deliveries = createDeliveries({ task, load, settled, failed: failedEarly.resolve });
  const taken = Promise.withResolvers<undefined>();
  /** Frames that are at the mock. */
  const atMock = new Set<string>();
  const notePage = boundedNote();

  const enter = async ({ url, frame }: Pause): Promise<Decision> => {
    if (!task.entered) {
      task.entered = true;
      if (!progress.opened) note(task, 'opened', url.href);
      progress.opened = true;
      await steps.onOpen?.(url.href);
    }
    atMock.add(frame);
    return { kind: 'go-on', headers: { 'x-sf-conformance-browser': `${browserKey};user=${browser.user}` } };
  };

  const request = async (pause: Pause): Promise<Decision> => {
    const { url, frame } = pause;
    if (browser.isMock(url)) return enter(pause);
    if (deliveries.isUnderWay(url)) return { kind: 'go-on' };
    const back = atMock.delete(frame) && (isRegistered(url, context.redirectUris) || isResponse(url));
    return back ? deliveries.begin(url, frame) : { kind: 'go-on' };
  };

  const answer = async (pause: Pause): Promise<void> => {
    const { url, frame, status } = pause;
    const mock = browser.isMock(url);
    if (status === undefined) {
      if (mock) give(`${url.origin} gave no answer`);
      else if (deliveries.tookPlace(frame)) {
        notePage(task, 'page', url.href, { detail: 'no answer' });
        deliveries.answered(frame, undefined, 'nothing');
      }
      return;
    }
    const next = redirectTarget(status, pause.location, url);
    if (next !== undefined) {
      if (mock && !isHttp(next)) deliveries.lose(next, 'a page takes no redirect URI with a scheme of its own');
      return;
    }
    if (!mock && !deliveries.tookPlace(frame)) return;
    const body = status >= 400 || task.markup.size > 0 ? await pause.body() : '';
    const words = status >= 400 ? wordsIn(task, body, mock) : '';
    const marks = markupIn(task, body, pause.contentType);
    notePage(task, 'page', url.href, { ...marks, status, ...(words === '' ? {} : { detail: words }) });
    const said = `with status ${status}${words === '' ? '' : `: ${words}`}`;
    // A listener may lead the page elsewhere: not before the page has settled.
    const ready = shown(frame);
    if (mock) void ready.then(() => give(`the authorization request ended on a page ${said}`));
    else {
      deliveries.answered(frame, status, said, ready);
      taken.resolve(ready);
    }
  };

  return {
    failedEarly: failedEarly.promise,
    taken: taken.promise,
    delivered: () => deliveries.done(),
    async decide(pause) {
      if (signal.aborted) return { kind: pause.stage === 'answer' ? 'go-on' : 'stay' };
      try {
        if (pause.stage === 'request') return await request(pause);
        await answer(pause);
        return { kind: 'go-on' };
      } catch (error) {
        failedEarly.reject(error);
        return { kind: 'stay' };
      }
    },
    stopped: (url) => give(`${url.origin}: ${ELSEWHERE}`, 'opened-elsewhere'),
    look({ frame, url, html }) {
      const address = URL.parse(url);
      if (address === null || !isHttp(address) || !deliveries.tookPlace(frame)) return;
      note(task, 'page', url, { ...markupIn(task, html, 'text/html'), exposed: isResponse(address) });
    },
  };
}

/** Returns a function that writes pages to history, but no more than a login may leave there. */
function boundedNote(): typeof note {
  let pages = 0;
  return (...page) => {
    pages += 1;
    if (pages <= mostPages) note(...page);
  };
}

/** Returns the words of a page without secrets. @param ofMock the mock wrote the page, and not the client */
function wordsIn({ context }: VisitTask, body: string, ofMock: boolean): string {
  const words = ofMock ? wordsOf(body) : clientText(context, wordsOf(body));
  return context.redact(words).text.slice(0, 300);
}

/** Returns which parameters of the callback a page shows as markup. */
function markupIn(
  { markup }: VisitTask,
  body: string,
  contentType: string | undefined,
): { readonly markup?: readonly string[] } {
  if (markup.size === 0) return {};
  return { markup: reflected(markup, { kind: 'page', status: 200, location: undefined, contentType, body }) };
}
