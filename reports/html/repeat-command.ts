/** Builds the command line that repeats a run. */
import type { Report } from '../../src/grade/report.ts';
import type { EventOf } from '../../src/history/event.ts';
import { oneLine } from '../text/printable.ts';

/** Returns the command that repeats a run, for a POSIX shell; arguments with special characters are quoted. */
export function repeatCommand(report: Report, begin: EventOf<'run-begin'> | undefined): string {
  if (report.run.driver === 'manual') return 'sf-conformance serve';
  const { suites, grep, shard } = begin?.selection ?? {};
  return [
    'sf-conformance run',
    ...(suites === undefined ? [] : [`--suite ${quoted(suites.join(','))}`]),
    ...(grep === undefined ? [] : [`--grep ${quoted(grep)}`]),
    ...(shard === undefined ? [] : [`--shard ${quoted(shard)}`]),
    `--seed ${String(report.run.seed)}`,
    ...(begin === undefined ? [] : [`--timeout ${String(begin.run.timeoutMs)}`]),
    ...(begin === undefined || begin.failOn === 'must' ? [] : [`--fail-on ${begin.failOn}`]),
  ].join(' ');
}

function quoted(text: string): string {
  const safe = oneLine(text, 400);
  return /^[\w,./:=@-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", String.raw`'\''`)}'`;
}
