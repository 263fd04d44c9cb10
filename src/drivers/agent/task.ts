/** Describes one visit of the browser, and writes its steps to the history. */
import type { LoginReason, LoginSteps, SessionContext } from '../driver.ts';
import type { Visit } from '../../history/event.ts';
import type { Browser } from './browser.ts';
import { withoutQuery } from './place.ts';

/** The state of a login so far. Updated while the browser is visiting, so that a login that is cut short is still reported. */
export interface LoginProgress {
  opened: boolean;
  redirected: boolean;
  delivered: boolean | undefined;
  undelivered: string | undefined;
}

/** One visit of the browser on behalf of an action, from the first URL to the last page. */
export interface VisitTask {
  readonly browser: Browser;
  readonly context: Pick<SessionContext, 'record' | 'redact' | 'hide' | 'redirectUris' | 'timeoutMs'>;
  readonly steps: LoginSteps;
  /** Event number of the action that the visit belongs to. */
  readonly action: number;
  readonly signal: AbortSignal;
  readonly progress: LoginProgress;
  /** Passes on a callback whose scheme is not http(s). Resolves with undefined when it was taken, otherwise with the reason. */
  readonly handOver: (url: string) => Promise<string | undefined>;
  /** Number of redirects that may still be followed. */
  hops: number;
  /** Whether the browser has been at the mock. */
  entered: boolean;
  /** Parameters of the callback that contain markup: the pages after it are searched for them. */
  markup: ReadonlyMap<string, string>;
}

/** How a visit ended. */
export type VisitEnd =
  | { readonly kind: 'page'; readonly status: number; readonly atMock: boolean; readonly detail: string }
  /** `stopped`: a redirect led to an address that the browser does not visit. `lost`: no callback was taken. `withheld`: the scenario kept
   * it back. */
  | {
      readonly kind: 'stopped' | 'unreachable' | 'closed' | 'lost' | 'withheld' | 'taken' | 'aborted';
      readonly detail: string;
      readonly reason?: LoginReason;
    };

/** Writes a `visit` event; the URL loses its query, and other texts are redacted. */
export function note(task: VisitTask, step: Visit['step'], url: string, more: Partial<Visit> = {}): void {
  const { context, action, browser } = task;
  const text = context.redact(withoutQuery(url)).text.slice(0, 2_000);
  context.record({ kind: 'visit', step, verb: action, user: browser.user, url: text, ...more });
}
