/** `npm run matrix [-- --keep FOLDER] [--workers N|auto] [NAME…]`: the clients of the proof against every check, as a table. */
import { parseArgs } from 'node:util';
import { loadCatalogue } from '../../src/run/catalogue.ts';
import { prove, surprises } from './prove.ts';
import { proofClients } from './variants.ts';

const MARKS: Readonly<Record<string, string>> = {
  pass: '·',
  fail: 'F',
  warn: 'w',
  review: 'r',
  info: 'i',
  skip: ' ',
  inconclusive: '?',
  error: 'E',
};

const { values, positionals: asked } = parseArgs({
  options: { keep: { type: 'string' }, workers: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const { checks } = await loadCatalogue();
const clients = (await proofClients()).filter(({ variant }) => asked.length === 0 || asked.includes(variant.name));
const columns = checks.filter(({ suite }) => suite !== 'settings').map(({ id }) => id);
const width = Math.max(...clients.map(({ variant }) => variant.name.length));

console.log(`Rows: clients. Columns: ${columns.join(' ')}`);
console.log(
  `${Object.entries(MARKS)
    .map(([verdict, mark]) => `${mark === ' ' ? '(blank)' : mark} ${verdict}`)
    .join(', ')}\n`,
);
/** Clients wait more than they compute: several are judged at once, and their rows come as they are ready. */
const AT_ONCE = values.workers === '1' ? 4 : 1;

let wrong = 0;
const waiting = [...clients];
const worker = async (): Promise<void> => {
  for (let client = waiting.shift(); client !== undefined; client = waiting.shift()) {
    const { variant } = client;
    const report = await prove(variant, {
      workers: values.workers === 'auto' ? 'auto' : Number(values.workers),
      ...(values.keep === undefined ? {} : { keepIn: values.keep }),
    }).catch(String);
    if (typeof report === 'string') {
      console.log(`! ${variant.name.padEnd(width)} was not judged: ${report}`);
      wrong += 1;
      continue;
    }
    const verdicts = new Map(report.checks.map(({ id, verdict }) => [id, verdict]));
    const row = columns.map((id) => MARKS[verdicts.get(id) ?? 'skip'] ?? '?').join('');
    const off = surprises(variant, report);
    console.log(`${off.length === 0 ? ' ' : '!'} ${variant.name.padEnd(width)} ${row} ${report.verdict}`);
    for (const { check, declared, verdict, message } of off) {
      console.log(`    ${check}: declared ${declared}, came out ${verdict}: ${message}`);
    }
    wrong += off.length;
  }
};
await Promise.all(Array.from({ length: AT_ONCE }, worker));
console.log(`\n${String(clients.length)} clients, ${String(columns.length)} checks, ${String(wrong)} surprises`);
process.exitCode = wrong === 0 ? 0 : 1;
