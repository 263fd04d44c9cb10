/** The desk in a terminal: says what to do on one stream, takes single keys from another. */
import type { Desk, Instruction } from './desk.ts';

/** What is used of `process.stdin`. */
export interface KeySource {
  readonly isTTY?: boolean;
  setRawMode?(on: boolean): unknown;
  on(name: 'data', listener: (data: Buffer | string) => void): unknown;
  off(name: 'data', listener: (data: Buffer | string) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

export interface TerminalDeskParts {
  readonly desk: Desk;
  readonly keys: KeySource;
  /** One or more lines for the person. */
  readonly say: (text: string) => void;
  /** Ctrl+C: in raw mode the terminal sends no signal by itself. */
  readonly interrupt: () => void;
  /** Other keys, and what each does. */
  readonly more?: Readonly<Record<string, () => void>>;
}

const CTRL_C = '\u0003';

/** Shows what the desk asks, and replies with the keys that are typed. Returns what stops it. */
export function showInTerminal({ desk, keys, say, interrupt, more = {} }: TerminalDeskParts): () => void {
  let shown = 0;
  const show = (): void => {
    for (const one of desk.open) {
      if (one.id <= shown) continue;
      shown = one.id;
      say(textOf(one));
    }
  };
  const onData = (data: Buffer | string): void => {
    for (const key of data.toString()) {
      if (key === CTRL_C) interrupt();
      more[key.toLowerCase()]?.();
      const [oldest] = desk.open;
      const choice = oldest?.choices.find((one) => one.key === key.toLowerCase());
      if (oldest === undefined || choice === undefined) continue;
      say(`   ${choice.label}.`);
      desk.reply(choice.reply, oldest.id);
    }
  };
  if (keys.isTTY === true) keys.setRawMode?.(true);
  keys.on('data', onData);
  keys.resume();
  const stop = desk.subscribe(show);
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
