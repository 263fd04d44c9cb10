/** `npm run bench`: measures everything in one go and writes `bench/RESULTS.md`; `--quick` takes seconds and only prints. */
import { readFileSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startChild } from './child.ts';
import { describeMachine } from './machine.ts';
import { measureMemory } from './parts/memory.ts';
import type { GradingTimes } from './parts/grading.ts';
import { measureRunTimes, ROOT } from './parts/run-times.ts';
import { measureStarts } from './parts/starts.ts';
import { measureShare } from './parts/share.ts';
import { measureForwarding } from './parts/forwarding.ts';
import { measureStart, measureWarmStart } from './parts/starting.ts';
import { measureThroughput } from './parts/throughput.ts';
import { renderResults, SERVERS, type Server } from './results.ts';
import { startsPart, wholeRuns, withPart } from './waiting.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** Only one part, `run-times` or `starts`, which is printed and replaces that of RESULTS.md; the rest of the page stays. */
    only: { type: 'string' },
    /** Another checkout, with its packages, whose runs are timed by turns with those of this one. */
    before: { type: 'string' },
    /** Of each run, and of each start. */
    times: { type: 'string', default: '5' },
    /** Only runs whose name has this in it. */
    case: { type: 'string' },
  },
});
const { quick } = values;
const times = quick ? 1 : Number(values.times);
const size = quick
  ? {
      load: { connections: 4, warmUpMs: 100, forMs: 400 },
      starts: 1,
      warmStarts: 5,
      forwarded: 50,
      rotations: 200,
      lengths: [1_000, 4_000],
    }
  : {
      load: { connections: 16, warmUpMs: 3_000, forMs: 8_000 },
      starts: 3,
      warmStarts: 100,
      forwarded: 5_000,
      rotations: 100_000,
      lengths: [1_000, 10_000, 100_000],
    };

const say = (text: string) => process.stderr.write(`${text}\n`);

async function each<T>(what: string, measure: (server: Server) => Promise<T>): Promise<Record<Server, T>> {
  const found: Partial<Record<Server, T>> = {};
  for (const server of SERVERS) {
    say(`${what}: ${server}`);
    found[server] = await measure(server);
  }
  return found as Record<Server, T>;
}

async function gradeEach(): Promise<readonly GradingTimes[]> {
  const times: GradingTimes[] = [];
  for (const length of size.lengths) {
    say(`grading: ${length} events`);
    const child = startChild('parts/grading.ts');
    times.push((await child.ask<{ readonly times: GradingTimes }>({ length })).times);
    await child.stop();
  }
  return times;
}

/** Memory is not timed: the machine is left to others meanwhile. */
async function memory() {
  say(`memory: ${size.rotations} rotations`);
  setPriority(constants.priority.PRIORITY_LOW);
  return measureMemory(size.rotations, quick ? 2 : 5);
}

const runTimes = () => {
  const before = values.before === undefined ? undefined : resolve(values.before);
  return measureRunTimes({ now: ROOT, before }, times, say, quick ? 'suite pkce' : values.case);
};
const starts = () => measureStarts(times, say);

async function everything() {
  const results = renderResults({
    takenAt: new Date().toISOString().slice(0, 10),
    quick,
    machine: describeMachine(),
    refresh: await each('refreshes', (server) => measureThroughput(server, 'refresh', size.load)),
    login: await each('logins', (server) => measureThroughput(server, 'login', size.load)),
    startMs: await each('start', (server) => measureStart(server, size.starts)),
    warmStartMs: await measureWarmStart(size.warmStarts),
    forwarding: await measureForwarding(size.forwarded),
    grading: await gradeEach(),
    share: await measureShare(quick ? 'client-auth' : undefined),
    runTimes: await runTimes(),
    starts: await starts(),
    memory: await memory(),
  });
  const notes = readFileSync(new URL('./notes.md', import.meta.url), 'utf8');
  return `# Benchmarks\n\nWritten by \`npm run bench\`; \`bench/notes.md\` is its last part.\n\n${results}\n\n${notes}`;
}

/** Puts a part that was measured again into the page, and prints it. */
function renew(part: string, rendered: string): void {
  console.log(rendered);
  if (values.case !== undefined) return;
  const page = new URL('./RESULTS.md', import.meta.url);
  writeFileSync(page, withPart(readFileSync(page, 'utf8'), part, rendered));
}

if (values.only === 'run-times') renew('Whole runs', wholeRuns(await runTimes()));
else if (values.only === 'starts') renew('Starts', startsPart(await starts()));
else if (quick) process.stdout.write(await everything());
else writeFileSync(new URL('./RESULTS.md', import.meta.url), await everything());
