/** Changes that scenarios make to a callback before they deliver it. */
import type { LoginSteps } from '../../src/drivers/driver.ts';

/** Returns login steps that change the first callback and deliver later ones unchanged, so that a client that starts over is not tampered
 * with again.
 * @param change returns the URLs to deliver instead, in order.
 * @param tampered name of the change in the history. */
export function firstCallback(tampered: string, change: (url: string) => readonly string[]): LoginSteps {
  let done = false;
  return {
    onCallback: (url) => {
      if (done) return Promise.resolve({ urls: [url] });
      done = true;
      return Promise.resolve({ urls: change(url), tampered });
    },
  };
}

/** Replaces the state of a callback with another of the same length whose first and last characters differ. Adds a state when the callback
 * has none. */
export function withOtherState(url: string): string {
  const changed = new URL(url);
  const state = changed.searchParams.get('state') ?? '';
  const other = (sign: string): string => (sign === 'A' ? 'B' : 'A');
  const text =
    state.length < 2
      ? 'A-state-that-was-never-sent'
      : `${other(state.charAt(0))}${state.slice(1, -1)}${other(state.charAt(state.length - 1))}`;
  changed.searchParams.set('state', text);
  return changed.href;
}

/** Removes the state from a callback. */
export function withoutState(url: string): string {
  const changed = new URL(url);
  changed.searchParams.delete('state');
  return changed.href;
}

/** Adds parameters to a callback, or replaces them. */
export function withParameters(url: string, parameters: Readonly<Record<string, string>>): string {
  const changed = new URL(url);
  for (const [name, value] of Object.entries(parameters)) changed.searchParams.set(name, value);
  return changed.href;
}
