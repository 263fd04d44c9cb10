/** Reads single keys that the user presses in the terminal. */
import type { Wish } from './watch.ts';

/** The part of standard input that is used. */
export interface Keyboard {
  readonly isTTY?: boolean;
  setRawMode?(on: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
  on(event: 'data', listener: (chunk: Buffer) => void): unknown;
  off(event: 'data', listener: (chunk: Buffer) => void): unknown;
}

/** Watches the keyboard. r: run again. q: quit. Control-C, which raw mode passes as a character, becomes the usual signal. */
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
