/** Where a person finds what to do and says what came of it: in the terminal, on the dashboard, or both. */
import type { ActionName } from '../../history/event.ts';

/** `done`: it worked. `failed`: the client showed an error. `reconnect`: it asks its user to connect again. `unsupported`: the client has
 * no such thing. `skip`: the person leaves it out, which says nothing of the client. */
export type Reply = 'done' | 'failed' | 'reconnect' | 'unsupported' | 'skip';

export interface Choice {
  readonly reply: Reply;
  /** What the button says. */
  readonly label: string;
  /** The key for it in the terminal. */
  readonly key: string;
}

/** One thing that a person is asked to do. */
export interface Instruction {
  /** Counts from 1. */
  readonly id: number;
  readonly action: ActionName;
  /** One sentence in the imperative. */
  readonly text: string;
  /** What is seen of it by itself, so that no reply is needed; one sentence. */
  readonly seenBy?: string;
  readonly choices: readonly Choice[];
  /** Milliseconds of the Unix epoch. */
  readonly askedAt: number;
  /** Milliseconds after which it is given up. */
  readonly timeoutMs: number;
}

export interface PromptQueue {
  /** Shows an instruction until it is replied to or `signal` is aborted; then it is taken away and the answer is undefined. */
  ask(what: Omit<Instruction, 'id' | 'askedAt'>, signal: AbortSignal): Promise<Reply | undefined>;
  /** Replies to an instruction, or to the oldest one. False when there is none, or when it has no such choice. */
  reply(reply: Reply, id?: number): boolean;
  /** What is waiting for a person, oldest first. */
  readonly open: readonly Instruction[];
  /** Called after every change of `open`. Returns what stops it. */
  subscribe(listener: () => void): () => void;
}

/** Creates an empty queue of instructions. @param now milliseconds of the Unix epoch. */
export function createPromptQueue({ now }: { readonly now: () => number }): PromptQueue {
  const waiting = new Map<
    number,
    { readonly shown: Instruction; readonly answer: (reply: Reply | undefined) => void }
  >();
  const listeners = new Set<() => void>();
  let last = 0;
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    async ask(what, signal) {
      if (signal.aborted) return undefined;
      last += 1;
      const id = last;
      const answered = Promise.withResolvers<Reply | undefined>();
      const giveUp = (): void => {
        answered.resolve(undefined);
      };
      waiting.set(id, { shown: { ...what, id, askedAt: now() }, answer: answered.resolve });
      signal.addEventListener('abort', giveUp, { once: true });
      changed();
      try {
        return await answered.promise;
      } finally {
        signal.removeEventListener('abort', giveUp);
        waiting.delete(id);
        changed();
      }
    },
    reply(reply, id = waiting.keys().next().value) {
      const one = id === undefined ? undefined : waiting.get(id);
      if (one?.shown.choices.some((choice) => choice.reply === reply) !== true) return false;
      one.answer(reply);
      return true;
    },
    get open() {
      return [...waiting.values()].map(({ shown }) => shown);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
