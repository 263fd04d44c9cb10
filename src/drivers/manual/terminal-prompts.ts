/** Shows the prompt queue in a terminal: prints instructions to one stream and reads single keys from another. */
import type { PromptQueue, Instruction } from './prompt-queue.ts';

/** The part of `process.stdin` that is used. */
export interface KeySource {
  readonly isTTY?: boolean;
  setRawMode?(on: boolean): unknown;
  on(name: 'data', listener: (data: Buffer | string) => void): unknown;
  off(name: 'data', listener: (data: Buffer | string) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** Options of `showInTerminal`. */
export interface TerminalPromptsOptions {
  readonly promptQueue: PromptQueue;
  readonly keys: KeySource;
  /** Prints one or more lines for the person. */
  readonly say: (text: string) => void;
  /** Called for Ctrl+C: in raw mode the terminal sends no signal. */
  readonly interrupt: () => void;
  /** Other keys and their actions. */
  readonly more?: Readonly<Record<string, () => void>>;
}

const CTRL_C = '\u0003';

/** Shows the instructions of a prompt queue and replies with typed keys. Returns a function that stops it. */
export function showInTerminal({ promptQueue, keys, say, interrupt, more = {} }: TerminalPromptsOptions): () => void {
  let shown = 0;
  const show = (): void => {
    for (const one of promptQueue.open) {
      if (one.id <= shown) continue;
      shown = one.id;
      say(textOf(one));
    }
  };
  const onData = (data: Buffer | string): void => {
    for (const key of data.toString()) {
      if (key === CTRL_C) interrupt();
      more[key.toLowerCase()]?.();
      const [oldest] = promptQueue.open;
      const choice = oldest?.choices.find((one) => one.key === key.toLowerCase());
      if (oldest === undefined || choice === undefined) continue;
      say(`   ${choice.label}.`);
      promptQueue.reply(choice.reply, oldest.id);
    }
  };
  if (keys.isTTY === true) keys.setRawMode?.(true);
  keys.on('data', onData);
  keys.resume();
  const stop = promptQueue.subscribe(show);
  show();
  return () => {
    stop();
    keys.off('data', onData);
    if (keys.isTTY === true) keys.setRawMode?.(false);
    keys.pause();
  };
}

function textOf({ text, seenBy, choices, timeoutMs }: Instruction): string {
  const within =
    timeoutMs >= 60_000 ? `${String(Math.round(timeoutMs / 60_000))} min` : `${String(Math.round(timeoutMs / 1000))} s`;
  return [
    `\n▶  ${text}`,
    `   Waiting for you, ${within} at most.${seenBy === undefined ? '' : ` ${seenBy}`}`,
    `   ${choices.map(({ key, label }) => `[${key}] ${label}`).join('  ')}`,
  ].join('\n');
}
