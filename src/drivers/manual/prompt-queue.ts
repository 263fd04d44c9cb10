/** Queues instructions to a person and their replies, shown in the terminal, on the dashboard, or both. */
import type { ActionName } from '../../history/event.ts';

/** A person's reply. `done`: it worked. `failed`: the client showed an error. `reconnect`: it asks its user to connect again.
 * `unsupported`: the client has no such action. `skip`: the person skips it, which shows nothing about the client. */
export type Reply = 'done' | 'failed' | 'reconnect' | 'unsupported' | 'skip';

/** A reply that an instruction offers. */
export interface Choice {
  readonly reply: Reply;
  /** Label of the button. */
  readonly label: string;
  /** Key in the terminal. */
  readonly key: string;
}

/** One action that a person is asked to perform. */
export interface Instruction {
  /** Number of the instruction, from 1. */
  readonly id: number;
  readonly action: ActionName;
  /** One sentence in the imperative. */
  readonly text: string;
  /** How the mock observes the action, so that no reply is needed; one sentence. */
  readonly seenBy?: string;
  readonly choices: readonly Choice[];
  /** Milliseconds of the Unix epoch. */
  readonly askedAt: number;
  /** Milliseconds after which the harness stops waiting. */
  readonly timeoutMs: number;
}

/** Instructions that wait for a person; made by `createPromptQueue`. */
export interface PromptQueue {
  /** Shows an instruction until there is a reply or `signal` is aborted, then removes it; resolves with undefined when aborted. */
  ask(what: Omit<Instruction, 'id' | 'askedAt'>, signal: AbortSignal): Promise<Reply | undefined>;
  /** Replies to an instruction, by default to the oldest. Returns false when there is none, or when it does not offer this reply. */
  reply(reply: Reply, id?: number): boolean;
  /** Open instructions, oldest first. */
  readonly open: readonly Instruction[];
  /** Calls `listener` after every change of `open`. Returns a function that unsubscribes it. */
  subscribe(listener: () => void): () => void;
}

/** Creates an empty queue of instructions.
 * @param now returns milliseconds of the Unix epoch */
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
