/** Prints the end of a command that made a report, and determines its exit code. */
import { terminalSummary } from '../../reports/terminal/summary.ts';
import type { Report } from '../grade/report.ts';
import type { BaselineEntry } from '../run/baseline.ts';
import { exitCode } from '../run/exit.ts';
import type { Interrupt } from './interrupts.ts';
import type { Terminal } from './terminal.ts';

/** A finished report and what its command knows about the run. */
export interface Finished {
  readonly report: Report;
  readonly files: readonly string[];
  readonly failOn: 'must' | 'should' | 'never';
  /** Entries of the baseline whose check passes, and those whose last day is over; both should be removed. */
  readonly stale?: readonly BaselineEntry[];
  readonly expired?: readonly BaselineEntry[];
  readonly interrupted?: Interrupt | undefined;
}

/** Prints the report (`json`) or its summary to standard output, the rest to standard error. Returns the exit code. */
export function finish(finished: Finished, terminal: Terminal, json: boolean): number {
  const { report, files, stale = [], expired = [] } = finished;
  if (json) terminal.print(JSON.stringify(report, undefined, 2));
  else terminal.print(terminalSummary(report, { color: terminal.color.out, width: terminal.width.out, files }));
  for (const { id } of stale) terminal.complain(`The baseline is stale: ${id} passes now. Remove its entry.`);
  for (const { id, until = '' } of expired) {
    terminal.complain(
      `The baseline has expired: ${id} was accepted until ${until}. Fix the client, or set a new date.`,
    );
  }
  return exitCode({
    verdict: report.verdict,
    checks: report.checks.map(({ level, verdict, baseline }) => ({ level, verdict, accepted: baseline !== undefined })),
    failOn: finished.failOn,
    baselineOutdated: stale.length + expired.length > 0,
    interrupted: finished.interrupted,
  });
}
