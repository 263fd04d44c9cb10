/** `npm run matrix [-- NAME…]`: the clients of the proof against every check, as a table. */
import { loadCatalogue } from '../run/catalogue.ts';
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

const asked = process.argv.slice(2);
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
const AT_ONCE = 3;

let wrong = 0;
const waiting = [...clients];
const worker = async (): Promise<void> => {
  for (let client = waiting.shift(); client !== undefined; client = waiting.shift()) {
    const { variant } = client;
    const report = await prove(variant);
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
