/** Chooses how a run shows that it goes on. */
import type { Terminal } from '../terminal.ts';
import { dotProgress } from './dot.ts';
import { liveProgress, type ShownProgress } from './live.ts';
import { plainProgress } from './plain.ts';

/** `list`: a line for each scenario; `dot`: a character for each. */
export type Reporter = 'list' | 'dot';

/**
 * Shows the progress of a run: one line that changes on a terminal, lines that stay elsewhere, nothing under `--quiet`.
 * `driver`: for one by a person the instructions go to the same terminal, where a line that changes would be in the way. `reporter`: chosen by `--reporter`.
 */
export function createProgress(terminal: Terminal, driver: string, reporter?: Reporter): ShownProgress {
  if (reporter === 'dot') return dotProgress((text) => terminal.write(text));
  if (reporter !== 'list' && terminal.live && driver !== 'manual') return liveProgress(terminal);
  return { ...plainProgress((line) => terminal.say(line)), end: () => undefined };
}
