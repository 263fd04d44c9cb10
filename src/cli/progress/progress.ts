/** Chooses how the progress of a run is shown. */
import type { Terminal } from '../terminal.ts';
import { dotProgress } from './dot.ts';
import { liveProgress, type ShownProgress } from './live.ts';
import { plainProgress } from './plain.ts';

/** `list`: a line for each scenario; `dot`: a character for each. */
export type Reporter = 'list' | 'dot';

/** Creates the progress display of a run: one changing line on a terminal, appended lines otherwise, nothing with `--quiet`.
 * @param driver type of the driver; for `manual` the instructions use the same terminal, where a changing line would interfere
 * @param reporter value of `--reporter` */
export function createProgress(terminal: Terminal, driver: string, reporter?: Reporter): ShownProgress {
  if (reporter === 'dot') return dotProgress((text) => terminal.write(text));
  if (reporter !== 'list' && terminal.live && driver !== 'manual') return liveProgress(terminal);
  return { ...plainProgress((line) => terminal.say(line)), end: () => undefined };
}
