/** Writes the report of a live session whose instance is gone, from the events recorded until then. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Event } from '../../history/event.ts';
import { writeChained } from '../../run/merge.ts';
import { readOwnHistory } from '../../run/own-history.ts';
import { reportRun } from '../../run/report-run.ts';
import type { EndedRun } from '../store/instances.ts';
import { keepReport } from './keep-report.ts';
import type { RegistryOptions } from './registry.ts';

const FORMATS = ['html', 'json', 'junit', 'markdown'];

/** Stores the reports of the live sessions among `runs`; a run of a partner's harness continues elsewhere and gets none. */
export async function reportSoFar(
  { store, key, dir }: Pick<RegistryOptions, 'store' | 'key' | 'dir'>,
  runs: readonly EndedRun[],
): Promise<void> {
  for (const { id, kind } of runs) {
    const lines = kind === 'live' ? await store.run(id).lines() : [];
    const events = lines.map((line) => JSON.parse(line) as Event);
    const last = events.at(-1);
    if (last === undefined) continue;
    const folder = await mkdtemp(join(dir, 'gone-'));
    const end = { kind: 'run-end', outcome: 'interrupted', detail: 'The instance of the service is gone.' } as const;
    const whole = [...events, { seq: last.seq + 1, t: last.t, scenario: '', prev: '', ...end }];
    const chain = await writeChained(join(folder, 'history.jsonl'), whole);
    const read = await readOwnHistory(folder, { chain, flush: () => undefined, closed: true });
    const place = { from: folder, to: folder, baseline: [] };
    await reportRun({ ...place, read, signing: { key }, formats: FORMATS });
    await keepReport({ store: store.run(id), log: store.log, dir: folder, withHistory: true });
    await rm(folder, { recursive: true, force: true });
  }
}
