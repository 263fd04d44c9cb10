/** Chooses how a run shows that it goes on. */
import type { Progress } from '../../run/progress.ts';
import type { Terminal } from '../terminal.ts';
import { liveProgress } from './live.ts';
import { plainProgress } from './plain.ts';

/** `end` takes the live line away; nothing may follow it. */
export type ShownProgress = Progress & { end(): void };

/** One line that changes on a terminal, lines that stay elsewhere, nothing under `--quiet`. */
export function createProgress(terminal: Terminal): ShownProgress {
  if (terminal.live) return liveProgress(terminal);
  return { ...plainProgress((line) => terminal.say(line)), end: () => undefined };
}
