/** Shows progress as one character for each scenario, for short logs. */
import type { Progress } from '../../run/progress.ts';
import { ending } from './plain.ts';

/** Characters in one row. */
const WIDTH = 80;

/** Draws `·` for a completed scenario and `×` for another outcome; notes and incomplete scenarios get a line. `end` ends the row. */
export function dotProgress(write: (text: string) => void): Progress & { end(): void } {
  let column = 0;
  const endRow = (): void => {
    if (column > 0) write('\n');
    column = 0;
  };
  const line = (text: string): void => {
    endRow();
    write(`${text}\n`);
  };
  return {
    scenario: () => undefined,
    scenarioDone: ({ id, outcome }) => {
      write(outcome === 'completed' ? '·' : '×');
      column += 1;
      if (outcome !== 'completed') line(`  ${id}: ${ending(outcome)}`);
      else if (column === WIDTH) endRow();
    },
    note: line,
    end: endRow,
  };
}
