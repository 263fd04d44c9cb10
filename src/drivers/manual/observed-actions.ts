/** Observes actions of a person's client in the history of the mock while it is recorded. */
import type { Event, EventOf } from '../../history/event.ts';

/** What the mock has observed of a client that a person operates. */
export interface ObservedActions {
  see(event: Event): void;
  /** Observes a login; `onRedirect` runs when the mock has sent the browser back to the client. */
  login(signal: AbortSignal, onRedirect: () => void): ObservedLogin;
  /** Resolves when `k` API calls have succeeded; never when `signal` is aborted first. */
  calls(k: number, signal: AbortSignal): Promise<void>;
}

/** A login as the mock observed it. */
export interface ObservedLogin {
  /** Resolves when the code was redeemed. */
  readonly succeeded: Promise<void>;
  readonly opened: boolean;
  /** The mock sent the browser back with a code or an error. */
  readonly redirected: boolean;
  /** A token request carried the code. */
  readonly delivered: boolean;
}

/** Creates an observer of a client that a person operates. */
export function createObservedActions(): ObservedActions {
  const watchers = new Set<(event: Event) => void>();
  const watch = (watcher: (event: Event) => void, signal: AbortSignal): void => {
    watchers.add(watcher);
    signal.addEventListener('abort', () => watchers.delete(watcher), { once: true });
  };
  return {
    see(event) {
      for (const watcher of watchers) watcher(event);
    },
    login(signal, onRedirect) {
      const success = Promise.withResolvers<undefined>();
      const exchanges = new Set<number>();
      const observed = { succeeded: success.promise, opened: false, redirected: false, delivered: false };
      watch((event) => {
        if (event.kind === 'request' && event.facts.kind === 'authorize') observed.opened = true;
        if (event.kind === 'request' && event.facts.kind === 'token' && event.facts.code !== null) {
          observed.delivered = true;
          exchanges.add(event.exchange);
        }
        if (event.kind !== 'response') return;
        if (sendsBack(event) && !observed.redirected) {
          observed.redirected = true;
          onRedirect();
        }
        const whole = event.delivered === 'complete' && event.issued?.accessToken !== undefined;
        if (whole && exchanges.has(event.exchange)) success.resolve(undefined);
      }, signal);
      return observed;
    },
    calls(k, signal) {
      const enough = Promise.withResolvers<undefined>();
      const asked = new Set<number>();
      let succeeded = 0;
      watch((event) => {
        if (event.kind === 'request' && event.facts.kind === 'resource' && !event.browser) asked.add(event.exchange);
        if (event.kind !== 'response' || !asked.has(event.exchange)) return;
        if (event.status < 300 && event.delivered === 'complete') succeeded += 1;
        if (succeeded >= k) enough.resolve(undefined);
      }, signal);
      return enough.promise;
    },
  };
}

/** Returns whether an answer sends the browser back with a code, or with the error of RFC 6749 §4.1.2.1. */
function sendsBack({ endpoint, status, issued, error }: EventOf<'response'>): boolean {
  if (issued?.code !== undefined) return true;
  return (endpoint === 'authorize' || endpoint === 'login') && status >= 300 && status < 400 && error !== undefined;
}
