/** What a command that made a report prints, and how it ends. */
import { terminalSummary } from '../../reports/terminal/summary.ts';
import type { Report } from '../grade/report.ts';
import type { BaselineEntry } from '../run/baseline.ts';
import { exitCode } from '../run/exit.ts';
import type { Interrupt } from './interrupts.ts';
import type { Terminal } from './terminal.ts';

export interface Finished {
  readonly report: Report;
  readonly files: readonly string[];
  readonly failOn: 'must' | 'should' | 'never';
  /** Entries of the baseline that have to go. */
  readonly outdated?: readonly { readonly entry: BaselineEntry; readonly why: 'stale' | 'expired' }[];
  readonly interrupted?: Interrupt;
}

/** Prints the report (`json`) or its summary on standard output, the rest on standard error; returns the exit code. */
export function finish(finished: Finished, terminal: Terminal, json: boolean): number {
  const { report, files, outdated = [] } = finished;
  if (json) terminal.print(JSON.stringify(report, undefined, 2));
  else terminal.print(terminalSummary(report, { color: terminal.color.out, width: terminal.width.out, files }));
  for (const { entry, why } of outdated) {
    terminal.complain(
      why === 'stale'
        ? `The baseline is stale: ${entry.id} passes now. Remove its entry.`
        : `The baseline has expired: ${entry.id} was accepted until ${entry.until ?? ''}. Mend it, or set a new date.`,
    );
  }
  return exitCode({
    verdict: report.verdict,
    checks: report.checks.map(({ level, verdict, baseline }) => ({ level, verdict, accepted: baseline !== undefined })),
    failOn: finished.failOn,
    baselineOutdated: outdated.length > 0,
    ...(finished.interrupted === undefined ? {} : { interrupted: finished.interrupted }),
  });
}
