/** Queues one direction of the link between a service and a partner's harness: numbered messages survive broken connections. */

/** A message with its number, from 1. */
export interface Numbered {
  readonly number: number;
  readonly message: unknown;
}

/** Outgoing messages, each kept until the other side acknowledges it. */
export interface Outbox {
  push(message: unknown): void;
  /** Drops messages up to `acknowledged` and resolves with later ones: immediately when there are any, otherwise when one is added, after
   * `waitMs`, or when `signal` aborts. */
  take(acknowledged: number, waitMs: number, signal?: AbortSignal): Promise<readonly Numbered[]>;
  /** Number of messages that are not acknowledged. */
  readonly waiting: number;
  /** Ends waiting calls; later messages are dropped. */
  close(): void;
}

/** Most messages of one answer. */
const MOST_AT_ONCE = 500;

/** Creates an empty outbox. */
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

/** Incoming messages: each is handled once and in order, however often it is sent. */
export interface Inbox {
  /** Handles new messages; returns the number of the last one handled. */
  receive(messages: readonly Numbered[]): number;
}

/** Creates an empty inbox. */
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
