/** Reports unfinished runs before a new run begins. */
import { reportUnfinished } from '../run/unfinished.ts';
import type { Report } from '../grade/report.ts';
import type { Terminal } from './terminal.ts';

/** Prints a message with the result for each unfinished run in `outDir`. */
export async function announceUnfinished(
  outDir: string,
  formats: readonly string[],
  terminal: Pick<Terminal, 'say'>,
): Promise<void> {
  for (const { id, dir, report } of await reportUnfinished(outDir, formats)) {
    terminal.say(
      report === undefined
        ? `The run ${id} was broken off before it had begun.`
        : `The run ${id} was broken off. What it saw is graded (${report.verdict}); its report is in ${dir}${signature(report)}.`,
    );
  }
}

function signature({ integrity }: Report): string {
  return integrity.unsigned === undefined ? '' : `, not signed: ${integrity.unsigned}`;
}
