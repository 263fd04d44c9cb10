/**
 * `npm run samples`: makes the sample reports anew from their histories. `npm run samples -- --record` records the histories first,
 * which is needed only when scenarios changed. What did not change is not written.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { GOLDEN, KEPT, SAMPLES, differences, remake } from './golden.ts';
import { record } from './record.ts';

if (process.argv.includes('--record')) await record();
const made = await mkdtemp(join(tmpdir(), 'sf-samples-'));
try {
  const reports = await remake(made);
  const changed = await differences(GOLDEN, made);
  // The signature belongs to every file of its folder: they are replaced together.
  const folders = new Set(changed.map((file) => dirname(file)).filter((folder) => folder !== '.'));
  for (const folder of folders) for (const file of KEPT) await cp(join(made, folder, file), join(GOLDEN, folder, file));
  if (changed.includes('comparison.html')) await cp(join(made, 'comparison.html'), join(GOLDEN, 'comparison.html'));
  for (const { app, verdict } of reports) console.log(`${app.name}: ${verdict}`);
  console.log(changed.length === 0 ? 'Nothing changed.' : `Changed: ${changed.join(', ')}`);
  if (reports.some(({ verdict }, index) => verdict !== SAMPLES[index]?.verdict)) {
    console.error('A verdict is not the expected one. When scenarios changed: npm run samples -- --record');
    process.exitCode = 1;
  }
} finally {
  await rm(made, { recursive: true, force: true });
}
