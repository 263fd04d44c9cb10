/** Chooses how a run shows that it goes on. */
import type { Terminal } from '../terminal.ts';
import { liveProgress, type ShownProgress } from './live.ts';
import { plainProgress } from './plain.ts';

/** One line that changes on a terminal, lines that stay elsewhere, nothing under `--quiet`. */
export function createProgress(terminal: Terminal): ShownProgress {
  if (terminal.live) return liveProgress(terminal);
  return { ...plainProgress((line) => terminal.say(line)), end: () => undefined };
}
