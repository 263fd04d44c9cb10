/** The golden samples: real reports of the bundled clients, each made from the history that is kept beside it. */
import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
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

/** Grades the kept histories; writes whole run folders and the comparison into `to`, signed with the key of all samples. */
export async function remake(to: string): Promise<readonly Report[]> {
  const key = sampleKey();
  const reports: Report[] = [];
  for (const { folder } of SAMPLES) {
    const dir = join(to, folder);
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, 'history.jsonl'), sampleHistory(folder));
    const read = await openHistory(dir);
    const graded = await regrade(read, dir);
    const { report } = await writeReports({
      ...{ dir, report: graded, history: read.events, digest: read.digest, formats: FORMATS, signing: { key } },
    });
    reports.push(report);
  }
  const folders = SAMPLES.map(({ folder }) => join(to, folder));
  await writeComparison(to, folders, compareReports(reports));
  return reports;
}

/** Returns the files, relative to both folders, that are not the same in `made` as in `kept`. */
export async function differences(kept: string, made: string): Promise<readonly string[]> {
  const files = [...SAMPLES.flatMap(({ folder }) => KEPT.map((name) => join(folder, name))), 'comparison.html'];
  const same = await Promise.all(
    files.map(async (file) => (await read(join(kept, file))) === (await read(join(made, file)))),
  );
  return files.filter((_, index) => same[index] === false);
}

/** A key that anyone can make and no one should trust: the samples come out the same on every machine (RFC 8410 §7). */
export function sampleKey(): KeyObject {
  const seed = createHash('sha256').update('sf-conformance samples').digest();
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
