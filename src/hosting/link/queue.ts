/** Queues one direction of the link between a service and a partner's harness: numbered messages survive broken connections. */

/** A message with its number, from 1. */
export interface Numbered {
  readonly number: number;
  readonly message: unknown;
}

/** Messages of one answer. */
const MOST_AT_ONCE = 500;

/** Returns an empty outbox: messages on their way, each kept until the other side says that it has it. */
export function createOutbox() {
  let kept: Numbered[] = [];
  let last = 0;
  let closed = false;
  const wakes = new Set<() => void>();
  const wake = (): void => {
    for (const one of wakes) one();
  };
  return {
    push(message: unknown) {
      if (closed) return;
      last += 1;
      kept.push({ number: last, message });
      wake();
    },
    /** Forgets messages up to `acknowledged` and resolves with those after it: at once when there are any, else when one comes, after `waitMs`, or when `signal` aborts. */
    async take(acknowledged: number, waitMs: number, signal?: AbortSignal): Promise<readonly Numbered[]> {
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
    /** Wakes what waits; nothing is kept from now on. */
    close() {
      closed = true;
      wake();
    },
  };
}

/** Messages on their way. */
export type Outbox = ReturnType<typeof createOutbox>;

/** Returns an inbox that has received nothing: each message that arrives is handled once and in order, however often it is sent. */
export function createInbox(handle: (message: unknown) => void) {
  let last = 0;
  return {
    /** Handles those that are new; returns the number of the last that was handled. */
    receive(messages: readonly Numbered[]): number {
      for (const { number, message } of messages) {
        if (number !== last + 1) continue;
        last = number;
        handle(message);
      }
      return last;
    },
  };
}

/** Messages that arrive. */
export type Inbox = ReturnType<typeof createInbox>;
