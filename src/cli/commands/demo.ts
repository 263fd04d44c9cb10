import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareReports } from '../../../reports/compare/compare.ts';
import { palette } from '../../../reports/terminal/palette.ts';
import { RUN_VERDICTS } from '../../../reports/text/words.ts';
import { resolveConfig, type LoadedConfig } from '../../config/resolve.ts';
import type { RunVerdict } from '../../grade/report.ts';
import { pointLatest } from '../../run/folder.ts';
import type { Progress } from '../../run/progress.ts';
import { run, type RunOutcome } from '../../run/run.ts';
import { HarnessError } from '../../errors.ts';
import type { Action, Invocation } from '../command.ts';
import { interruptOf } from '../interrupts.ts';
import { createProgress } from '../progress/progress.ts';
import { writeComparison } from './compare.ts';

interface DemoClient {
  readonly name: string;
  /** Name of the client in `suites/proof`. */
  readonly variant: string;
  readonly expected: RunVerdict;
}

const CLIENTS: readonly DemoClient[] = [
  { name: 'Reference client', variant: 'reference', expected: 'compliant' },
  { name: 'Naive client', variant: 'naive', expected: 'non-compliant' },
];

/** Judges both demo clients at the same time, each on its own mock. Exits 0 when both verdicts are as expected.
 * @throws HarnessError `demo-unexpected` (exit 70) when one is not. */
export const action: Action = async (invocation) => {
  const { terminal, signal, flags, cwd } = invocation;
  const outDir = resolve(cwd, flags.out ?? 'reports/runs');
  for (const client of CLIENTS) terminal.say(`${client.name}: expected to be ${client.expected}.`);
  const outcomes = await judgeAll(invocation, outDir);
  for (const outcome of outcomes) terminal.print(lineOf(outcome, terminal.color.out));
  const interrupt = interruptOf(signal);
  if (interrupt !== undefined) return interrupt === 'SIGINT' ? 130 : 143;
  // `latest` always points to the same client, whichever ended last.
  const last = outcomes.at(-1);
  if (last !== undefined) await pointLatest(outDir, { id: basename(last.dir), path: last.dir });
  const comparison = compareReports(outcomes.map(({ report }) => report));
  const page = await writeComparison(
    outDir,
    outcomes.map(({ dir }) => dir),
    comparison,
  );
  terminal.print(`Side by side\n  ${page}`);
  const wrong = CLIENTS.filter(({ expected }, index) => outcomes[index]?.report.verdict !== expected);
  if (wrong.length === 0) return 0;
  throw new HarnessError(
    'demo-unexpected',
    wrong.map(({ name, expected }) => `${name}: expected ${expected}.`).join(' '),
    'The harness or its bundled clients are broken here: look at the reports.',
    { exit: 70 },
  );
};

/** Runs both clients with one progress display. When one client cannot be judged, the other run is aborted. */
async function judgeAll(invocation: Invocation, outDir: string): Promise<readonly RunOutcome[]> {
  const { terminal, flags } = invocation;
  const shown = createProgress(terminal, 'adapter', flags.reporter);
  const failed = new AbortController();
  const signal = AbortSignal.any([invocation.signal, failed.signal]);
  const judge = async (client: DemoClient): Promise<RunOutcome> => {
    try {
      const config = configOf(client, invocation);
      const formats = flags.format ?? config.report.formats;
      const workers = flags.workers ?? config.run.workers;
      const progress = progressOf(client, shown);
      return await run({ config, outDir, formats, failOn: 'must', workers, progress, signal });
    } catch (error) {
      failed.abort();
      throw error;
    }
  };
  try {
    const ended = await Promise.allSettled(CLIENTS.map(judge));
    return ended.map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
  } finally {
    shown.end();
  }
}

/** Adds the client to the name of each scenario, because those of both clients are shown together. */
function progressOf({ variant }: DemoClient, shown: Progress): Progress {
  const named = <T extends { readonly id: string }>(one: T): T => ({ ...one, id: `${variant} ${one.id}` });
  return {
    scenario: (start) => shown.scenario(named(start)),
    scenarioDone: (result) => shown.scenarioDone(named(result)),
    note: (text) => shown.note(`${variant}: ${text}`),
  };
}

function lineOf({ report, dir }: RunOutcome, color: boolean): string {
  const { mark, word, tone } = RUN_VERDICTS[report.verdict];
  const heading = palette(color)[tone](`${mark} ${word}`);
  return `${heading}  ${report.app.name}\n  ${report.summary}\n  ${join(dir, 'index.html')}\n`;
}

/** Returns the configuration of a demo client: an adapter that runs on this Node.js; its processes share one store. */
function configOf(client: DemoClient, { cwd, env }: Invocation): LoadedConfig {
  const main = fileURLToPath(new URL('../../../suites/proof/client/main.mjs', import.meta.url));
  return resolveConfig(
    {
      app: { name: client.name, client: 'public', sharedStore: true },
      driver: {
        type: 'adapter',
        command: [process.execPath, main, client.variant],
      },
      // Both clients answer within milliseconds, so short windows are sufficient; the report states them.
      run: { quietMs: 150, holdMs: 1_500 },
    },
    { dir: cwd, cwd, env },
  );
}
