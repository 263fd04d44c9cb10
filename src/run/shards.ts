/** Determines which histories are the shards of one run, and which shard has which scenario. Pure. */
import { isRefusal } from '../grade/refusal.ts';
import type { Event, EventOf, RunBegin, Selection } from '../history/event.ts';
import { HarnessError } from '../errors.ts';

/** The history of one shard. */
export interface Shard {
  /** Folder of the shard, for messages. */
  readonly dir: string;
  readonly begin: EventOf<'run-begin'>;
  readonly events: readonly Event[];
}

/** The shards of one run, ordered by number; some may be missing. */
export interface OrderedShards {
  readonly shards: readonly Shard[];
  /** Missing shards as `2/3`. */
  readonly missing: readonly string[];
}

/** Orders the shards of a run by number. @throws HarnessError `merge-no-shard`, `merge-differs`, `merge-incomplete`. */
export function orderedShards(shards: readonly Shard[]): OrderedShards {
  const numbered = shards.map((shard) => ({ shard, ...numberOf(shard) }));
  const [first] = numbered;
  if (first === undefined)
    throw new HarnessError('merge-incomplete', 'There is nothing to merge.', 'Name the run folders.');
  for (const { shard } of numbered) {
    const what = difference(first.shard, shard);
    if (what === undefined) continue;
    throw new HarnessError(
      'merge-differs',
      `${first.shard.dir} and ${shard.dir} are not parts of one run: they differ in ${what}.`,
      'Run all shards with one version, configuration and command line, but for --shard.',
    );
  }
  const wanted = Array.from({ length: first.of }, (_, index) => index + 1);
  if (new Set(numbered.map(({ index }) => index)).size < numbered.length) {
    throw new HarnessError('merge-incomplete', 'A shard is named twice.', 'Name each shard of the run once.');
  }
  const missing = wanted.filter((index) => !numbered.some((one) => one.index === index));
  return {
    shards: numbered.toSorted((a, b) => a.index - b.index).map(({ shard }) => shard),
    missing: missing.map((index) => `${index}/${first.of}`),
  };
}

/** Returns the joined selection of all shards: everything that the run without `--shard` selects, unless shards are missing. */
export function joinedSelection({ shards, missing }: OrderedShards): Selection {
  const all = shards.map(({ begin }) => begin.selection);
  const { shard: _shard, scenarios: _scenarios, ...selection } = all[0] ?? {};
  if (missing.length === 0) return selection;
  const scenarios = [...new Set(all.flatMap((one) => one.scenarios ?? []))];
  return { ...selection, shard: all.map(({ shard = '' }) => shard).join(', '), scenarios };
}

/** Returns the shard from which each scenario is taken, by scenario id: the one it was assigned to, else the first that ran it. */
export function homes(shards: readonly Shard[]): ReadonlyMap<string, Shard> {
  const found = new Map<string, Shard>();
  for (const shard of shards) {
    for (const { scenario } of shard.events) {
      if (scenario !== '' && !found.has(scenario)) found.set(scenario, shard);
    }
  }
  for (const shard of shards) {
    for (const id of shard.begin.selection.scenarios ?? []) {
      if (id !== 'strict' && shard.events.some(({ scenario }) => scenario === id)) found.set(id, shard);
    }
  }
  return found;
}

function numberOf({ begin, dir }: Shard): { readonly index: number; readonly of: number } {
  const [, index, of] = /^(\d+)\/(\d+)$/u.exec(begin.selection.shard ?? '') ?? [];
  if (index !== undefined && of !== undefined) return { index: Number(index), of: Number(of) };
  throw new HarnessError(
    'merge-no-shard',
    `${dir} is no run with --shard.`,
    'To set runs side by side: sf-conformance compare',
  );
}

/** Describes a difference that prevents merging; undefined when there is none. */
function difference(a: Shard, b: Shard): string | undefined {
  const parts: readonly (readonly [what: string, of: (shard: Shard) => unknown])[] = [
    ['the version of the tool', ({ begin }) => begin.tool],
    ['the app', ({ begin }) => begin.app],
    ['the windows, seed, policy or driver', ({ begin }) => settings(begin)],
    ['the selection', ({ begin: { selection } }) => [selection.suites, selection.grep, selection.shard?.split('/')[1]]],
    ['--fail-on', ({ begin }) => begin.failOn],
    ['the attestations', ({ begin }) => begin.attestations],
    ['what the driver can do', ({ begin }) => begin.abilities],
    ['what strict refused in pre-flight', ({ events }) => refusals(events)],
  ];
  return parts.find(([, of]) => JSON.stringify(of(a)) !== JSON.stringify(of(b)))?.[0];
}

function settings({ run }: RunBegin): unknown {
  return { ...run, id: '', startedAt: '' };
}

function refusals(events: readonly Event[]): boolean {
  return events.some((event) => event.scenario === 'strict' && event.kind === 'response' && isRefusal(event));
}
