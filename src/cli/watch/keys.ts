/** Single keys of a person at the terminal. */
import type { Wish } from './watch.ts';

/** What is used of standard input. */
export interface Keyboard {
  readonly isTTY?: boolean;
  setRawMode?(on: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
  on(event: 'data', listener: (chunk: Buffer) => void): unknown;
  off(event: 'data', listener: (chunk: Buffer) => void): unknown;
}

/** Watches the keyboard. r: again. q: end. Control-C, which raw mode hands over as a character, is the signal that it usually is. */
export function watchKeys(
  keyboard: Keyboard,
  onWish: (wish: Wish) => void,
  interrupt: () => void = () => void process.kill(process.pid, 'SIGINT'),
): { stop(): void } {
  const onData = (chunk: Buffer): void => {
    const key = chunk.toString();
    if (key === 'r' || key === 'R') onWish('again');
    if (key === 'q' || key === 'Q') onWish('end');
    if (key === '\u0003') interrupt();
  };
  keyboard.setRawMode?.(true);
  keyboard.on('data', onData);
  keyboard.resume();
  return {
    stop: () => {
      keyboard.off('data', onData);
      keyboard.setRawMode?.(false);
      keyboard.pause();
    },
  };
}
