/** The shards of one run as the run that they are: one folder, one history, one report. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyRun } from '../../reports/verify.ts';
import type { Event, EventBody, RunEnd } from '../history/event.ts';
import { FIRST_LINK, linkOf } from '../history/chain.ts';
import { HarnessError } from '../errors.ts';
import { createRunFolder, pointLatest, type RunFolder } from './folder.ts';
import { openHistory } from './regrade.ts';
import { renumber } from './renumber.ts';
import { acceptedBefore, reportRun, type ReportedRun } from './report-run.ts';
import { homes, joinedSelection, orderedShards, type OrderedShards, type Shard } from './shards.ts';

export interface MergeOptions {
  /** Folders of the runs with `--shard i/n`, in any order. */
  readonly dirs: readonly string[];
  readonly outDir: string;
  readonly formats: readonly string[];
  /** Stops reading the histories. */
  readonly signal?: AbortSignal | undefined;
}

export interface MergedRun extends ReportedRun {
  readonly dir: string;
  /** `2/3` of the shards that were not named: the run is partial then. */
  readonly missing: readonly string[];
}

/** Gives the verdicts of one run without `--shard`, or of a partial one when shards are missing. What the shards accepted as known stays
 * accepted.
 * @throws HarnessError `not-a-run`, `merge-changed`, `merge-no-shard`, `merge-differs`, `merge-incomplete`. */
export async function merge({ dirs, outDir, formats, signal }: MergeOptions): Promise<MergedRun> {
  const ordered = orderedShards(await Promise.all(dirs.map((dir) => openShard(dir, signal))));
  const { shards, missing } = ordered;
  const startedAt = new Date(Math.min(...shards.map(({ begin }) => Date.parse(begin.run.startedAt))));
  const folder = await createRunFolder(outDir, startedAt);
  const events = joined(ordered, folder);
  await writeFile(join(folder.path, 'history.jsonl'), chained(events), { flag: 'wx' });
  const baseline = (await Promise.all(shards.map(({ dir }) => acceptedBefore(dir)))).flat();
  const once = [...new Map(baseline.map((entry) => [entry.id, entry])).values()];
  const written = await reportRun({ from: folder.path, to: folder.path, formats, baseline: once, signal });
  await pointLatest(outDir, folder);
  return { ...written, dir: folder.path, missing };
}

async function openShard(dir: string, signal: AbortSignal | undefined): Promise<Shard> {
  const found = await verifyRun(dir, signal);
  if (!found.ok) {
    throw new HarnessError(
      'merge-changed',
      `${dir} was changed after it was signed: ${found.changes.join('; ')}.`,
      'Merge the folders as the runs left them.',
    );
  }
  const { events } = await openHistory(dir, signal);
  const [begin] = events;
  if (begin?.kind !== 'run-begin') throw new TypeError('A history begins with a run-begin event.');
  return { dir, begin, events };
}

function joined(ordered: OrderedShards, folder: RunFolder): readonly Event[] {
  const { shards } = ordered;
  const home = homes(shards);
  const events = renumber(
    shards.map((shard, index) => ({
      events: shard.events,
      keep: ({ kind, scenario }) => {
        if (kind === 'run-begin') return index === 0;
        if (kind === 'run-end') return false;
        return scenario === '' || home.get(scenario) === shard;
      },
    })),
  );
  const last = events.at(-1);
  const end = { seq: events.length + 1, t: last?.t ?? 0, scenario: '', ...endOf(shards), prev: '' };
  return [...events.map((event) => (event.kind === 'run-begin' ? whole(event, ordered, folder) : event)), end];
}

function whole(event: Event & { kind: 'run-begin' }, ordered: OrderedShards, { id }: RunFolder): Event {
  const { shards } = ordered;
  const startedAt = shards.map(({ begin }) => begin.run.startedAt).toSorted()[0] ?? event.run.startedAt;
  return { ...event, run: { ...event.run, id, startedAt }, selection: joinedSelection(ordered) };
}

/** The worst end of all shards; one that was never written counts as interrupted. */
function endOf(shards: readonly Shard[]): RunEnd & EventBody {
  const ends = shards.map(({ events }) => events.findLast((event) => event.kind === 'run-end'));
  const bad = ends.findIndex((end) => end?.outcome !== 'completed');
  if (bad < 0) return { kind: 'run-end', outcome: 'completed' };
  const detail = `The shard ${shards[bad]?.begin.selection.shard ?? ''} did not come to its end.`;
  return { kind: 'run-end', outcome: ends[bad]?.outcome ?? 'interrupted', detail };
}

/** The file: each line chained to the one before. */
function chained(events: readonly Event[]): string {
  let prev = FIRST_LINK;
  return events
    .map((event) => {
      const line = JSON.stringify({ ...event, prev });
      prev = linkOf(line);
      return `${line}\n`;
    })
    .join('');
}
