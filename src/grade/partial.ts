/** Determines whether a run selected and exercised everything. */
import type { EventOf } from '../history/event.ts';

/** Explains in a sentence why a run is partial; undefined when it is complete. */
export function whyPartial(begin: EventOf<'run-begin'>, end: EventOf<'run-end'> | undefined): string | undefined {
  if (end === undefined) return 'The run was broken off before its end.';
  if (end.outcome === 'interrupted') return end.detail ?? 'The run was interrupted.';
  const { suites, grep, shard, scenarios } = begin.selection;
  const parts = [
    suites === undefined ? undefined : `--suite ${suites.join(',')}`,
    grep === undefined ? undefined : `--grep ${grep}`,
    shard === undefined ? undefined : `--shard ${shard}`,
    scenarios === undefined || shard !== undefined ? undefined : `the scenarios ${scenarios.join(', ')}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : `Only a part was selected: ${parts.join(' ')}.`;
}
