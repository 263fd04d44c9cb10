/** Merges the shards of one run into one folder, one history and one report. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyObject } from 'node:crypto';
import { publicKeyOf } from '../../reports/integrity/signature.ts';
import { verifyRun } from '../../reports/verify.ts';
import type { Signing } from '../../reports/write.ts';
import type { Event, EventBody, RunEnd } from '../history/event.ts';
import { createWrittenChain, FIRST_LINK, linkOf, type WrittenChain } from '../history/chain.ts';
import { HarnessError } from '../errors.ts';
import { createRunFolder, pointLatest, type RunFolder } from './folder.ts';
import { readOwnHistory } from './own-history.ts';
import { openHistory } from './regrade.ts';
import { renumber } from './renumber.ts';
import { acceptedBefore, reportRun, type ReportedRun } from './report-run.ts';
import { homes, joinedSelection, orderedShards, type OrderedShards, type Shard } from './shards.ts';

/** Options of `merge`. */
export interface MergeOptions {
  /** Folders of runs with `--shard i/n`, in any order. */
  readonly dirs: readonly string[];
  readonly outDir: string;
  readonly formats: readonly string[];
  /** Key that signs the merged run. */
  readonly key: KeyObject;
  /** Public keys besides that of `key` whose shards are trusted: SubjectPublicKeyInfo, DER, base64. */
  readonly trusted: readonly string[];
  /** Merges untrusted shards too, and signs nothing. */
  readonly unsigned: boolean;
  /** Aborts reading the histories. */
  readonly signal?: AbortSignal | undefined;
}

/** The result of `merge`. */
export interface MergedRun extends ReportedRun {
  readonly dir: string;
  /** Missing shards as `2/3`; the run is then partial. */
  readonly missing: readonly string[];
  /** Reason why the merged run is not signed. */
  readonly unsigned: string | undefined;
}

/** Merges the shards of one run. The verdicts are those of the run without `--shard`, or of a partial run when shards are missing.
 * Failures that the shards accepted stay accepted.
 * @throws HarnessError `not-a-run`, `merge-changed`, `merge-untrusted`, `merge-no-shard`, `merge-differs`, `merge-incomplete`. */
export async function merge(options: MergeOptions): Promise<MergedRun> {
  const { dirs, outDir, formats, signal } = options;
  const signing = await signingOf(options);
  const ordered = orderedShards(await Promise.all(dirs.map((dir) => openShard(dir, signal))));
  const { shards, missing } = ordered;
  const startedAt = new Date(Math.min(...shards.map(({ begin }) => Date.parse(begin.run.startedAt))));
  const folder = await createRunFolder(outDir, startedAt);
  const chain = await writeChained(join(folder.path, 'history.jsonl'), joined(ordered, folder));
  const read = await readOwnHistory(folder.path, { chain, flush: () => undefined, closed: true });
  const baseline = (await Promise.all(shards.map(({ dir }) => acceptedBefore(dir)))).flat();
  const once = [...new Map(baseline.map((entry) => [entry.id, entry])).values()];
  const place = { from: folder.path, to: folder.path };
  const written = await reportRun({ read, signing, ...place, formats, baseline: once });
  await pointLatest(outDir, folder);
  return { ...written, dir: folder.path, missing, unsigned: 'unsigned' in signing ? signing.unsigned : undefined };
}

/** Signs only when every shard is unchanged since a trusted key signed it. */
async function signingOf({ dirs, key, trusted, unsigned, signal }: MergeOptions): Promise<Signing> {
  const known = new Set([publicKeyOf(key), ...trusted]);
  for (const dir of dirs) {
    const found = await verifyRun(dir, { signal });
    if (found.ok && known.has(found.publicKey)) continue;
    const [code, why, hint] = found.ok
      ? [
          'merge-untrusted',
          `was signed with another key, ${found.publicKey}`,
          'Name the key with --trust, or add --unsigned.',
        ]
      : [
          'merge-changed',
          `is not as it was signed: ${found.changes.join('; ')}`,
          'Merge the folders as the runs left them, or add --unsigned.',
        ];
    if (!unsigned) throw new HarnessError(code, `${dir} ${why}.`, hint);
    return { unsigned: `${dir} ${why}` };
  }
  return unsigned ? { unsigned: '--unsigned was given' } : { key };
}

async function openShard(dir: string, signal: AbortSignal | undefined): Promise<Shard> {
  const { events } = await openHistory(dir, signal);
  const [begin] = events;
  if (begin?.kind === 'run-begin') return { dir, begin, events };
  throw new HarnessError('not-a-run', `${dir} holds no history of a run.`, 'Name the folders of the shards.');
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
  const { signature: _signature, ...begin } = event;
  const startedAt = shards.map(({ begin: { run } }) => run.startedAt).toSorted()[0] ?? event.run.startedAt;
  return { ...begin, run: { ...event.run, id, startedAt }, selection: joinedSelection(ordered) };
}

/** Returns the worst end of all shards; a missing `run-end` counts as interrupted. */
function endOf(shards: readonly Shard[]): RunEnd & EventBody {
  const ends = shards.map(({ events }) => events.findLast((event) => event.kind === 'run-end'));
  const bad = ends.findIndex((end) => end?.outcome !== 'completed');
  if (bad < 0) return { kind: 'run-end', outcome: 'completed' };
  const detail = `The shard ${shards[bad]?.begin.selection.shard ?? ''} did not come to its end.`;
  return { kind: 'run-end', outcome: ends[bad]?.outcome ?? 'interrupted', detail };
}

/** Writes the events to a new file, each line chained to the one before. */
export async function writeChained(path: string, events: readonly Event[]): Promise<WrittenChain> {
  const chain = createWrittenChain();
  const lines = events.map((event) => {
    const line = JSON.stringify({ ...event, prev: chain.lines === 0 ? FIRST_LINK : chain.last });
    chain.add(linkOf(line));
    return `${line}\n`;
  });
  await writeFile(path, lines.join(''), { flag: 'wx' });
  return chain;
}
