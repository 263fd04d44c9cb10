/** Records the histories of the samples: the bundled clients, judged as `npm start` judges them. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { resolveConfig } from '../../src/config/resolve.ts';
import { run } from '../../src/run/run.ts';
import { keptHistoryPath, packHistory } from '../../test-kit/sample-history.ts';
import { SAMPLES, type Sample } from './golden.ts';

const CLIENT = fileURLToPath(new URL('../../suites/proof/client/main.mjs', import.meta.url));
const SILENT = { scenario: () => undefined, scenarioDone: () => undefined, note: () => undefined };

/** Runs every scenario, some minutes in all, and replaces the kept histories. */
export async function record(): Promise<void> {
  for (const sample of SAMPLES) await recordOne(sample);
}

async function recordOne({ folder, variant, appName }: Sample): Promise<void> {
  const outDir = await mkdtemp(join(tmpdir(), 'sf-sample-'));
  try {
    const config = resolveConfig(
      {
        app: { name: appName, client: 'public', sharedStore: true },
        driver: { type: 'adapter', command: [process.execPath, CLIENT, variant] },
        run: { workers: 2 },
      },
      { dir: outDir, cwd: outDir, env: {} },
    );
    const { dir } = await run({ config, outDir, formats: [], failOn: 'must', workers: 2, progress: SILENT });
    await writeFile(keptHistoryPath(folder), packHistory(await readFile(join(dir, 'history.jsonl'), 'utf8')));
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}
