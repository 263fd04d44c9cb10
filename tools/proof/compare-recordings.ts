/**
 * Compares recordings of the proof clients (`npm run matrix -- --keep FOLDER` makes them):
 *
 *   npm run recordings -- grade FOLDER FILE [NAME…] [--code CHECKOUT]   writes gradings to FILE
 *   npm run recordings -- compare FOLDER FILE [NAME…]                   grades again, prints what differs from FILE
 *   npm run recordings -- pack FOLDER [--code CHECKOUT]                  renews what `npm test` grades, from whole recordings
 *   npm run recordings -- regrade                                        renews the gradings that `npm test` expects
 *   npm run recordings -- transcript BEFORE AFTER [NAME…] [--all]       compares what clients sent and received
 *
 * Exits with 1 when something differs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareGradings, openGrader, type ClientGrading, type Difference } from './gradings.ts';
import { decidingPart, readPack, writePack } from './recorded/pack.ts';
import { readEvents, recordedNames } from './recorded-events.ts';
import { compareTranscripts, transcript } from './transcript.ts';

type Gradings = Record<string, ClientGrading>;

const OURS = fileURLToPath(new URL('../../', import.meta.url));
const { values, positionals } = parseArgs({
  options: { code: { type: 'string' }, all: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [command, first, second, ...asked] = positionals;

/** Returns the names asked for, or all that the folder holds. */
const clientsOf = (folder: string): readonly string[] =>
  recordedNames(folder).filter((name) => asked.length === 0 || asked.includes(name));

async function writeGradings(folder: string, file: string): Promise<void> {
  const grade = await openGrader(values.code ?? OURS);
  const gradings: Gradings = Object.fromEntries(
    clientsOf(folder).map((name) => [name, grade(readEvents(folder, name))]),
  );
  writeFileSync(file, JSON.stringify(gradings));
  console.log(`${String(Object.keys(gradings).length)} recordings graded`);
}

async function compareWith(folder: string, file: string): Promise<number> {
  const before = JSON.parse(readFileSync(file, 'utf8')) as Gradings;
  const grade = await openGrader(values.code ?? OURS);
  const names = clientsOf(folder);
  const missing = names.filter((name) => before[name] === undefined);
  const differences = names.flatMap((name) => {
    const was = before[name];
    return was === undefined ? [] : compareGradings(name, was, grade(readEvents(folder, name)));
  });
  for (const name of missing) console.log(`${name}: not in ${file}`);
  printTable(differences);
  const clients = new Set(differences.map(({ client }) => client));
  console.log(
    `${String(names.length - missing.length)} recordings compared; ${String(differences.length)} differences in ${String(clients.size)} clients`,
  );
  return differences.length + missing.length;
}

function printTable(differences: readonly Difference[]): void {
  const rows = [['client', 'check', 'before', 'after'], ...differences.map((one) => Object.values(one) as string[])];
  if (rows.length === 1) return;
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

function compareTraffic(before: string, after: string): number {
  const names = clientsOf(after).filter((name) => recordedNames(before).includes(name));
  let count = 0;
  for (const name of names) {
    const differences = compareTranscripts(transcript(readEvents(before, name)), transcript(readEvents(after, name)));
    count += differences.length;
    for (const { scenario, lines } of differences) {
      console.log(`${name} ${scenario}: ${lines.length === 0 ? 'only the order differs' : 'requests differ'}`);
      for (const line of values.all ? lines : lines.slice(0, 6)) console.log(`  ${line}`);
    }
  }
  console.log(`${String(names.length)} recordings compared; ${String(count)} scenarios differ`);
  return count;
}

/** Renews the packed recordings: the reference is what `npm run samples` keeps, so it is left out here. */
async function pack(folder: string): Promise<void> {
  const grade = await openGrader(values.code ?? OURS);
  const reference = grade(readEvents(folder, 'reference'));
  const clients = recordedNames(folder).filter((name) => name !== 'reference');
  writePack(
    clients.map((name) => {
      const events = readEvents(folder, name);
      const part = decidingPart(events, grade(events), reference);
      return { name, events: part, grading: grade(part) };
    }),
  );
}

/** Grades the packed recordings again and prints what changed, for the commit that changes a verdict on purpose. */
async function regradePack(): Promise<void> {
  const grade = await openGrader(OURS);
  const before = readPack();
  const after = before.map((client) => ({ ...client, grading: grade(client.events) }));
  printTable(before.flatMap(({ name, grading }, at) => compareGradings(name, grading, after[at]?.grading ?? grading)));
  writePack(after);
}

if (command === 'regrade') {
  await regradePack();
} else if (command === 'pack' && first !== undefined) {
  await pack(first);
} else if (first === undefined || second === undefined) {
  console.error('Name a command and its paths: grade, compare, transcript, pack or regrade.');
  process.exitCode = 2;
} else if (command === 'grade') {
  await writeGradings(first, second);
} else if (command === 'compare') {
  process.exitCode = (await compareWith(first, second)) === 0 ? 0 : 1;
} else if (command === 'transcript') {
  process.exitCode = compareTraffic(first, second) === 0 ? 0 : 1;
} else {
  console.error(`Unknown command ${String(command)}: use grade, compare or transcript.`);
  process.exitCode = 2;
}
