/** The golden samples: real reports of the bundled clients, each made from the history that is kept beside it. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { writeComparison } from '../../src/cli/commands/compare.ts';
import type { Report, RunVerdict } from '../../src/grade/report.ts';
import { sampleHistory, type SampleName } from '../../test-kit/sample-history.ts';
import { openHistory, regrade } from '../../src/run/regrade.ts';
import { compareReports } from '../../reports/compare/compare.ts';
import { writeReports } from '../../reports/write.ts';

export interface Sample {
  /** Name of the folder in `reports/sample/`. */
  readonly folder: SampleName;
  /** As `suites/proof` names the client. */
  readonly variant: string;
  readonly appName: string;
  readonly verdict: RunVerdict;
}

/** In the order of the comparison's columns. */
export const SAMPLES: readonly Sample[] = [
  { folder: 'failing', variant: 'naive', appName: 'Naive client', verdict: 'non-compliant' },
  { folder: 'compliant', variant: 'reference', appName: 'Reference client', verdict: 'compliant' },
];

/** Where the samples are kept. */
export const GOLDEN = fileURLToPath(new URL('../../reports/sample/', import.meta.url));

const FORMATS = ['html', 'json', 'markdown', 'badge'];

/** Files of a sample that the repository keeps, beside its history; a run has more. */
export const KEPT = ['index.html', 'report.json', 'report.sig', 'summary.md', 'badge.svg'];

/** Grades the kept histories; writes whole run folders and the comparison into `to`, signed with a key made for it. */
export async function remake(to: string): Promise<readonly Report[]> {
  const key = generateKeyPairSync('ed25519').privateKey;
  const reports: Report[] = [];
  for (const { folder } of SAMPLES) {
    const dir = join(to, folder);
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, 'history.jsonl'), sampleHistory(folder));
    const read = await openHistory(dir);
    const graded = await regrade(read, dir);
    const { report } = await writeReports({
      ...{ dir, report: graded, history: read.events, digest: read.digest, formats: FORMATS, key },
    });
    reports.push(report);
  }
  const folders = SAMPLES.map(({ folder }) => join(to, folder));
  await writeComparison(to, folders, compareReports(reports));
  return reports;
}

/**
 * The files, relative to both folders, that are not the same in `made` as in `kept`. Declared to differ: the public key wherever it
 * stands, and `report.sig`, which signs it.
 */
export async function differences(kept: string, made: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of SAMPLES.map((sample) => sample.folder)) {
    const keys = { kept: await publicKeyIn(join(kept, folder)), made: await publicKeyIn(join(made, folder)) };
    for (const name of KEPT) {
      const [before, after] = await Promise.all([read(join(kept, folder, name)), read(join(made, folder, name))]);
      const same =
        name === 'report.sig'
          ? (before === undefined) === (after === undefined)
          : before?.replaceAll(keys.kept, '') === after?.replaceAll(keys.made, '');
      if (!same) found.push(join(folder, name));
    }
  }
  const page = 'comparison.html';
  if ((await read(join(kept, page))) !== (await read(join(made, page)))) found.push(page);
  return found;
}

async function publicKeyIn(dir: string): Promise<string> {
  const text = await read(join(dir, 'report.json'));
  return text === undefined ? '' : (JSON.parse(text) as Report).integrity.publicKey;
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
