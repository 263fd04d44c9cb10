/** Words the instruction for each action and the replies it offers. */
import type { ActionName } from '../../history/event.ts';
import type { Choice, Instruction, Reply } from './prompt-queue.ts';

type Words = Pick<Instruction, 'action' | 'text' | 'seenBy' | 'choices'>;

const KEYS: Readonly<Record<Reply, string>> = { done: 'd', failed: 'f', reconnect: 'r', unsupported: 'u', skip: 's' };
const LABELS: Readonly<Record<Reply, string>> = {
  done: 'Done',
  failed: 'Failed',
  reconnect: 'It asks me to connect again',
  unsupported: 'Cannot do this',
  skip: 'Skip',
};
const ALL: readonly Reply[] = ['done', 'failed', 'reconnect', 'unsupported', 'skip'];

function choices(replies: readonly Reply[] = ALL, labels: Partial<Record<Reply, string>> = {}): readonly Choice[] {
  return replies.map((reply) => ({ reply, key: KEYS[reply], label: labels[reply] ?? LABELS[reply] }));
}

const plain = (action: ActionName, text: string): Words => ({ action, text, choices: choices() });

/** Returns the instruction to log in; the first login of a scenario begins with a client that has no tokens. */
export function loginWords(first: boolean): Words {
  return {
    action: 'authorize',
    text: first
      ? 'Log in with your client now. If it is still connected, disconnect it first.'
      : 'Log in with your client again now.',
    seenBy: 'A login that succeeds is seen by itself.',
    choices: choices(),
  };
}

/** Returns the instruction to make `k` calls at once. */
export function callWords(k: number): Words {
  return {
    action: 'call',
    text:
      k === 1
        ? 'Let your client make one API call now.'
        : `Let your client make ${String(k)} API calls at the same moment, if it can.`,
    seenBy: k === 1 ? 'A call that succeeds is seen by itself.' : 'Calls that succeed are seen by themselves.',
    choices: choices(),
  };
}

/** Instruction to refresh. */
export const REFRESH = plain('refresh', 'Let your client refresh its tokens now.');
/** Instruction to log out. */
export const DISCONNECT = plain('disconnect', 'Log out of your client (disconnect it from Salesforce) now.');
/** Question whether the client is connected. */
export const STATUS: Words = {
  action: 'status',
  text: 'Look at your client: does it say that it is connected?',
  choices: choices(['done', 'reconnect', 'unsupported', 'skip'], {
    done: 'Yes, connected',
    reconnect: 'No, it asks me to connect again',
    unsupported: 'It does not show this',
  }),
};

/** Returns the instruction to restart the client. `kill`: without time to clean up. */
export const restartWords = (kill: boolean): Words =>
  plain(
    'restart',
    kill
      ? 'Kill your client at once, so that it has no time to save anything, and start it again.'
      : 'Stop your client and start it again.',
  );
