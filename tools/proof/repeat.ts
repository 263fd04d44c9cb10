/**
 * `npm run repeat -- [--times 100] [--at-once 8] [--workers 1|auto] [--suite races] [CLIENT…|all]`: runs each client once by itself with one
 * worker, then so often again beside itself, each time with another seed, and names every verdict that differs. `--suite ''` selects all checks.
 */
import { parseArgs } from 'node:util';
import { loadCatalogue } from '../../src/run/catalogue.ts';
import { loadVariant } from '../../suites/proof/client/variant.ts';
import { prove } from './prove.ts';
import { differences, repeatRun } from './repeat-run.ts';
import { proofClients } from './variants.ts';

const { values, positionals } = parseArgs({
  options: {
    times: { type: 'string', default: '100' },
    'at-once': { type: 'string', default: '8' },
    workers: { type: 'string', default: '1' },
    suite: { type: 'string', default: 'races' },
  },
  allowPositionals: true,
});
const { checks } = await loadCatalogue();
const scenarios = new Set(
  checks.filter(({ suite }) => values.suite === '' || suite === values.suite).flatMap((check) => check.scenarios),
);
const names = positionals.includes('all')
  ? (await proofClients()).map(({ variant }) => variant.name)
  : positionals.length === 0
    ? ['reference']
    : positionals;

let differ = 0;
for (const name of names) {
  const variant = await loadVariant(name);
  const begunAt = performance.now();
  const found = await repeatRun({
    ...{ times: Number(values.times), atOnce: Number(values['at-once']) },
    first: () => prove(variant, { scenarios: [...scenarios], seed: 1 }),
    again: (n) =>
      prove(variant, {
        ...{ scenarios: [...scenarios], seed: n + 1 },
        workers: values.workers === 'auto' ? 'auto' : Number(values.workers),
      }),
  });
  const seconds = Math.round((performance.now() - begunAt) / 1_000);
  const lines = differences(found);
  differ += lines.length;
  console.log(
    `${name}: ${String(found.again.length)} times, ${String(lines.length)} verdicts differ (${String(seconds)} s)`,
  );
  for (const line of lines) console.log(`    ${line}`);
}
process.exitCode = differ === 0 ? 0 : 1;
