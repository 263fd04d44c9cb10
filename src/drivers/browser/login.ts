/** Watches the navigations of one login in a page, to the mock and back, and lets the scenario change the callback. */
import { reflected } from '../agent/markup.ts';
import { ELSEWHERE, isHttp, isRegistered, isResponse, redirectTarget } from '../agent/place.ts';
import { wordsOf } from '../agent/arrive.ts';
import { note, type VisitTask } from '../agent/task.ts';
import { clientText, type ActionAnswer, type LoginReason } from '../driver.ts';
import { createDeliveries, type DeliveriesParts } from './deliveries.ts';
import type { Decision, Pause } from './traffic.ts';

/** One login in a page of Chromium; made by `createPageLogin`. */
export interface PageLogin {
  /** Decides what happens to a navigation of this login. */
  decide(pause: Pause): Promise<Decision>;
  /** Resolves when the login can no longer succeed; rejects when a step of the scenario has thrown. */
  readonly failedEarly: Promise<ActionAnswer>;
  /** Resolves when a page that took a callback is loaded. */
  readonly taken: Promise<unknown>;
  /** Resolves when every callback of the scenario has been delivered. */
  delivered(): Promise<void>;
  /** Records that the login led to an address that the harness does not visit. */
  stopped(url: URL): void;
  /** Records the address of a page after its scripts have run, and parameters of the callback that it renders as markup. */
  look(page: { readonly frame: string; readonly url: string; readonly html: string }): void;
}

/** What a login needs of its page and its browser. */
export interface PageLoginParts extends Pick<DeliveriesParts, 'task' | 'load' | 'settled'> {
  /** Value of the header by which the mock recognizes the harness's browser. */
  readonly browserKey: string;
  /** Called before a page is shown; resolves when it is shown. */
  readonly shown: (frame: string) => Promise<undefined>;
}

/** Most pages of one login that are recorded. */
const mostPages = 20;

/** Creates a login in a page that has not been opened yet. */
export function createPageLogin({ task, browserKey, load, settled, shown }: PageLoginParts): PageLogin {
  const { browser, context, progress, steps, signal } = task;
  const failedEarly = Promise.withResolvers<ActionAnswer>();
  // A race awaits it; a later rejection would have no handler.
  failedEarly.promise.catch(() => undefined);
  const give = (error: string, reason?: LoginReason): void => {
    if (progress.delivered !== true) failedEarly.resolve({ result: 'failed', error, reason });
  };
  const deliveries = createDeliveries({ task, load, settled, failed: failedEarly.resolve });
  const taken = Promise.withResolvers<undefined>();
  /** Frames that currently show the mock. */
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
    // A script may navigate the page again, but not before it has finished loading.
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

/** Returns a function that records pages, up to the limit for one login. */
function boundedNote(): typeof note {
  let pages = 0;
  return (...page) => {
    pages += 1;
    if (pages <= mostPages) note(...page);
  };
}

/** Returns the visible text of a page, redacted.
 * @param ofMock whether the mock wrote the page, not the client */
function wordsIn({ context }: VisitTask, body: string, ofMock: boolean): string {
  const words = ofMock ? wordsOf(body) : clientText(context, wordsOf(body));
  return context.redact(words).text.slice(0, 300);
}

/** Returns the parameters of the callback that a page renders as markup. */
function markupIn(
  { markup }: VisitTask,
  body: string,
  contentType: string | undefined,
): { readonly markup?: readonly string[] } {
  if (markup.size === 0) return {};
  return { markup: reflected(markup, { kind: 'page', status: 200, location: undefined, contentType, body }) };
}
