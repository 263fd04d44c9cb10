/** Delivers the authorization response to the page (RFC 6749 §4.1.2): unchanged, or changed by the scenario, once or several times. */
import { markupOf } from '../agent/markup.ts';
import { isRegistered } from '../agent/place.ts';
import { note, type VisitTask } from '../agent/task.ts';
import type { ActionAnswer } from '../driver.ts';
import { unreachable } from './reach.ts';
import type { Decision } from './traffic.ts';

/** The callbacks of one login in Chromium and their results. */
export interface Deliveries {
  /** Decides what happens to the navigation of `frame` from the mock to `url`. */
  begin(url: URL, frame: string): Promise<Decision>;
  /** Returns whether this navigation delivers a callback; true once for each callback. */
  isUnderWay(url: URL): boolean;
  /** Returns whether a callback has been delivered to this frame. */
  tookPlace(frame: string): boolean;
  /** Records that a page answered the callback with this status (undefined: no answer); `said` is a sentence about it.
   * @param shown resolves when the page shows it. */
  answered(frame: string, status: number | undefined, said: string, shown?: Promise<unknown>): void;
  /** Records that a callback cannot be delivered. */
  lose(url: URL, why: string): void;
  /** Resolves when the last callback is delivered. */
  done(): Promise<void>;
}

/** What the deliveries of a login need of its page. */
export interface DeliveriesParts {
  readonly task: VisitTask;
  /** Loads another callback in the page that took the previous one. */
  readonly load: (frame: string, url: string) => Promise<void>;
  /** Called before the page that answered is shown; resolves when it has finished loading. */
  readonly settled: (frame: string) => Promise<undefined>;
  /** Called when no callback was taken. */
  readonly failed: (answer: ActionAnswer) => void;
}

/** Creates the deliveries of one login; none is in progress. */
export function createDeliveries({ task, load, settled, failed }: DeliveriesParts): Deliveries {
  const { browser, context, progress, signal, steps } = task;
  const over = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const underWay = new Set<string>();
  const frames = new Set<string>();
  let rest: Promise<void> = Promise.resolve();
  let waiting = 0;
  let good = false;
  /** Resolves when the page that took the last callback has finished loading. */
  let turn = Promise.withResolvers<undefined>();

  const lose = (url: URL, why: string): void => {
    const detail = context.redact(why).text.slice(0, 500);
    progress.redirected = true;
    progress.delivered ??= false;
    progress.undelivered ??= detail;
    note(task, 'lost', url.href, { detail });
    if (waiting === 0 && !progress.delivered) failed({ result: 'failed', error: detail });
  };

  /** Returns whether the callback may be loaded now, and then records it as delivered. */
  const prepare = async (url: URL, frame: string, tampered: string | undefined): Promise<boolean> => {
    if (!browser.mayVisit(url) && !isRegistered(url, context.redirectUris)) {
      lose(url, `${url.origin} is neither this machine nor a registered redirect URI`);
      return false;
    }
    const why = await unreachable(url, context.timeoutMs, signal);
    if (signal.aborted) return false;
    if (why !== undefined) {
      lose(url, why);
      return false;
    }
    noteDelivered(task, url, tampered);
    frames.add(frame);
    underWay.add(url.href);
    return true;
  };

  const deliverRest = async (urls: readonly URL[], frame: string, tampered: string | undefined): Promise<void> => {
    for (const url of urls) {
      await Promise.race([turn.promise, over]);
      if (signal.aborted) return;
      turn = Promise.withResolvers<undefined>();
      waiting -= 1;
      if (await prepare(url, frame, tampered)) await load(frame, url.href);
      else turn.resolve(undefined);
    }
  };

  return {
    isUnderWay: (url) => underWay.delete(url.href),
    tookPlace: (frame) => frames.has(frame),
    lose,
    done: () => rest,
    async begin(url, frame) {
      progress.redirected = true;
      const chosen = (await steps.onCallback?.(url.href)) ?? { urls: [url.href] };
      if (signal.aborted) return { kind: 'stay' };
      const [first, ...others] = chosen.urls.flatMap((text) => URL.parse(text) ?? []);
      if (first === undefined) {
        failed({ result: 'failed', error: 'the callback was not delivered, as the scenario wanted' });
        return { kind: 'stay' };
      }
      waiting = others.length;
      const ready = await prepare(first, frame, chosen.tampered);
      if (!ready) turn.resolve(undefined);
      rest = Promise.all([rest, deliverRest(others, frame, chosen.tampered)]).then(() => undefined);
      if (!ready) return { kind: 'stay' };
      if (first.href !== url.href) return { kind: 'redirect', to: first.href };
      underWay.delete(url.href);
      return { kind: 'go-on' };
    },
    answered(frame, status, said, shown = Promise.resolve()) {
      if (waiting > 0) turn.resolve(settled(frame));
      if (status === undefined) return;
      good ||= status < 400;
      if (waiting > 0 || good) return;
      const answer: ActionAnswer = { result: 'failed', status, error: `the application answered ${said}` };
      void shown.then(() => failed(answer));
    },
  };
}

/** Records a callback as delivered, and remembers the parameters that a page must not render as markup. */
function noteDelivered(task: VisitTask, url: URL, tampered: string | undefined): void {
  const error = url.searchParams.get('error');
  task.progress.delivered = true;
  note(task, 'callback', url.href, {
    ...(tampered === undefined ? {} : { tampered }),
    ...(error === null ? {} : { error: task.context.redact(error).text.slice(0, 256) }),
  });
  task.markup = markupOf(url);
}
