/** One direction of the link between a service and a partner's harness: numbered messages that survive broken connections. */

/** A message with its number, from 1 on. */
export interface Numbered {
  readonly number: number;
  readonly message: unknown;
}

/** Messages on their way: each is kept until the other side says that it has it. */
export interface Outbox {
  push(message: unknown): void;
  /** Forgets messages up to `acknowledged` and resolves with those after it: at once when there are any, else when one comes, after `waitMs`, or when `signal` aborts. */
  take(acknowledged: number, waitMs: number, signal?: AbortSignal): Promise<readonly Numbered[]>;
  /** Messages that the other side has not acknowledged. */
  readonly waiting: number;
  /** Wakes what waits; nothing is kept from now on. */
  close(): void;
}

/** Messages of one answer. */
const MOST_AT_ONCE = 500;

/** Returns an empty outbox. */
export function createOutbox(): Outbox {
  let kept: Numbered[] = [];
  let last = 0;
  let closed = false;
  const wakes = new Set<() => void>();
  const wake = (): void => {
    for (const one of wakes) one();
  };
  return {
    push(message) {
      if (closed) return;
      last += 1;
      kept.push({ number: last, message });
      wake();
    },
    async take(acknowledged, waitMs, signal) {
      kept = kept.filter(({ number }) => number > acknowledged);
      if (kept.length === 0 && !closed && signal?.aborted !== true) {
        await new Promise<void>((resolve) => {
          const done = (): void => {
            clearTimeout(timer);
            wakes.delete(done);
            signal?.removeEventListener('abort', done);
            resolve();
          };
          const timer = setTimeout(done, waitMs);
          wakes.add(done);
          signal?.addEventListener('abort', done);
        });
      }
      return kept.slice(0, MOST_AT_ONCE);
    },
    get waiting() {
      return kept.length;
    },
    close() {
      closed = true;
      wake();
    },
  };
}

/** Messages that arrive: each is handled once and in order, however often it is sent. */
export interface Inbox {
  /** Handles those that are new; returns the number of the last that was handled. */
  receive(messages: readonly Numbered[]): number;
}

/** Returns an inbox that has received nothing. */
export function createInbox(handle: (message: unknown) => void): Inbox {
  let last = 0;
  return {
    receive(messages) {
      for (const { number, message } of messages) {
        if (number !== last + 1) continue;
        last = number;
        handle(message);
      }
      return last;
    },
  };
}
