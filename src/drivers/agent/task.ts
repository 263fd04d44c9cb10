/** What one walk of the browser is about, and how its points are written to history. */
import type { LoginReason, LoginSteps, SessionContext } from '../driver.ts';
import type { Visit } from '../../history/event.ts';
import type { Browser } from './browser.ts';
import { withoutQuery } from './place.ts';

/** What is known of a login so far. Changed while the browser walks, so that a login that is cut short is still reported. */
export interface LoginProgress {
  opened: boolean;
  redirected: boolean;
  delivered: boolean | undefined;
  undelivered: string | undefined;
}

export interface VisitTask {
  readonly browser: Browser;
  readonly context: Pick<SessionContext, 'record' | 'redact' | 'hide' | 'redirectUris' | 'timeoutMs'>;
  readonly steps: LoginSteps;
  /** Event number of the action that it belongs to. */
  readonly action: number;
  readonly signal: AbortSignal;
  readonly progress: LoginProgress;
  /** Takes a callback whose scheme is not http(s); undefined result: it was taken, otherwise why not. */
  readonly handOver: (url: string) => Promise<string | undefined>;
  /** Redirects that may still be followed. */
  hops: number;
  /** The browser has been at the mock. */
  entered: boolean;
  /** Parameters of the callback that hold markup: the pages after it are looked through for them. */
  markup: ReadonlyMap<string, string>;
}

export type VisitEnd =
  | { readonly kind: 'page'; readonly status: number; readonly atMock: boolean; readonly detail: string }
  /** `stopped`: it led to where the browser does not go. `lost`: no callback was taken. `withheld`: the scenario kept it. */
  | {
      readonly kind: 'stopped' | 'unreachable' | 'closed' | 'lost' | 'withheld' | 'taken' | 'aborted';
      readonly detail: string;
      readonly reason?: LoginReason;
    };

/** Writes a `visit` event; the URL loses its query, everything else its secrets. */
export function note(task: VisitTask, step: Visit['step'], url: string, more: Partial<Visit> = {}): void {
  const { context, action, browser } = task;
  const text = context.redact(withoutQuery(url)).text.slice(0, 2_000);
  context.record({ kind: 'visit', step, verb: action, user: browser.user, url: text, ...more });
}
