/** `npm run repeat -- CLIENT CHECK[,CHECK…] [TIMES]`: one client of the proof again and again, each time with another seed; counts verdicts. */
import { loadVariant } from '../../suites/proof/client/variant.ts';
import { loadCatalogue } from '../../src/run/catalogue.ts';
import { prove } from './prove.ts';

const [name = 'reference', ids = 'RACE-01', times = '100'] = process.argv.slice(2);
const AT_ONCE = 4;

const variant = await loadVariant(name);
const { checks } = await loadCatalogue();
const asked = checks.filter(({ id }) => ids.split(',').includes(id));
const scenarios = [...new Set(asked.flatMap((check) => check.scenarios))];
const counts = new Map(asked.map(({ id }) => [id, new Map<string, number>()]));

let left = Number(times);
const worker = async (): Promise<void> => {
  while (left > 0) {
    left -= 1;
    const report = await prove(variant, { scenarios, seed: left + 1 });
    for (const { id, verdict } of report.checks) {
      const count = counts.get(id);
      count?.set(verdict, (count.get(verdict) ?? 0) + 1);
    }
  }
};
await Promise.all(Array.from({ length: AT_ONCE }, worker));
for (const [id, count] of counts) {
  const text = [...count].map(([verdict, n]) => `${String(n)} ${verdict}`).join(', ');
  console.log(`${name} ${id}: ${text} of ${times}`);
}
