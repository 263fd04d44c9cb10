/** Matches the answers and events of one adapter to the open requests. */
import { interrupted } from '../action.ts';
import type { ActionAnswer } from '../driver.ts';
import type { Login } from '../login.ts';
import type { Line } from '../process/lines.ts';
import type { Program } from '../process/program.ts';
import { misread, unended } from './misread.ts';
import { readAdapterLine, type AdapterRequest } from './protocol.ts';

/** The requests that are open at one adapter, and the lines that answer them; made by `createConversation`. */
export interface Conversation {
  /** Sends a request. Resolves with its answer, or with `died` when the process has ended. Stops waiting when `signal` is aborted. */
  ask(program: Program, request: AdapterRequest, signal: AbortSignal, login?: Login): Promise<ActionAnswer>;
  /** Takes a line of standard output; false when it is not part of the conversation. */
  readonly take: (line: Line) => boolean;
  /** Assigns a URL from `$BROWSER` to the login that has no URL yet. Does nothing when an event has already delivered the URL. */
  readonly browserOpened: (text: string) => void;
  /** Takes the beginning of an unfinished line. */
  readonly partial: (text: string) => void;
  /** Returns what the adapter has written since the oldest open request that looks like an answer but was not accepted, and why not, as a
   * clause. */
  readonly hint: () => string | undefined;
}

interface Open {
  readonly answer: (answer: ActionAnswer) => void;
  readonly login?: Login;
}

/** Creates the conversation with an adapter: requests and answers, one JSON object a line.
 * @param hide removes secrets of the client's environment from its output */
export function createConversation(hide: (text: string) => string = (text) => text): Conversation {
  /** Open requests by id, in the order in which they were sent. */
  const open = new Map<number, Open>();
  /** URLs that were opened because of an event: a client may deliver the same one through `$BROWSER` too. */
  const byEvent = new Set<string>();
  const byBrowser = new Set<string>();
  let strange: string | undefined;
  let rest = '';

  const ownerOf = (id: number | undefined): Login | undefined => {
    if (id !== undefined) return open.get(id)?.login;
    const logins = [...open.values()].flatMap(({ login }) => (login === undefined ? [] : [login]));
    return logins.find((login) => !login.opened) ?? logins[0];
  };

  const takeWhole = (text: string): boolean => {
    const line = readAdapterLine(text);
    if (line.kind === 'junk') return false;
    if (line.kind === 'open') {
      byEvent.add(line.url.href);
      return byBrowser.delete(line.url.href) || (ownerOf(line.id)?.open(line.url) ?? false);
    }
    const asked = open.get(line.id);
    if (asked === undefined) return false;
    open.delete(line.id);
    const { error } = line.answer;
    asked.answer(error === undefined ? line.answer : { ...line.answer, error: hide(error) });
    return line.whole;
  };

  return {
    async ask(program, request, signal, login) {
      if (!program.running) return deathOf(program);
      if (open.size === 0) strange = undefined;
      const { promise, resolve } = Promise.withResolvers<ActionAnswer>();
      open.set(request.id, { answer: resolve, ...(login === undefined ? {} : { login }) });
      const forget = (): boolean => open.delete(request.id);
      signal.addEventListener('abort', forget, { once: true });
      program.send(JSON.stringify(request));
      try {
        return await Promise.race([promise, program.ended.then(() => deathOf(program))]);
      } finally {
        signal.removeEventListener('abort', forget);
        forget();
      }
    },
    take(line) {
      rest = '';
      const taken = !line.cut && takeWhole(line.text);
      if (!taken && !line.cut) strange = misread(hide(line.text)) ?? strange;
      return taken;
    },
    browserOpened(text) {
      const url = URL.parse(text);
      if (url === null || byEvent.delete(url.href)) return;
      byBrowser.add(url.href);
      [...open.values()].find(({ login }) => login?.opened === false)?.login?.open(url);
    },
    partial(text) {
      rest = text;
    },
    hint: () => unended(hide(rest)) ?? strange,
  };
}

async function deathOf({ ended, evidence }: Program): Promise<ActionAnswer> {
  const { code, signal, expected } = await ended;
  if (expected) return interrupted;
  const how = signal ?? `exit code ${String(code)}`;
  const words = evidence.lastError === undefined ? '' : `: ${evidence.lastError}`;
  return { result: 'died', error: `the client’s process has ended (${how})${words}` };
}
