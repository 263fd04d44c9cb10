/** Chooses how a run shows that it goes on. */
import type { Terminal } from '../terminal.ts';
import { liveProgress, type ShownProgress } from './live.ts';
import { plainProgress } from './plain.ts';

/**
 * One line that changes on a terminal, lines that stay elsewhere, nothing under `--quiet`.
 * `driver`: one by a person is told what to do on the same terminal, where a line that changes would be in the way.
 */
export function createProgress(terminal: Terminal, driver: string): ShownProgress {
  if (terminal.live && driver !== 'manual') return liveProgress(terminal);
  return { ...plainProgress((line) => terminal.say(line)), end: () => undefined };
}
