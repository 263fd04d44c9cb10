import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareReports } from '../../../reports/compare/compare.ts';
import { palette } from '../../../reports/terminal/palette.ts';
import { RUN_VERDICTS } from '../../../reports/text/words.ts';
import { resolveConfig, type LoadedConfig } from '../../config/resolve.ts';
import type { RunVerdict } from '../../grade/report.ts';
import { run, type RunOutcome } from '../../run/run.ts';
import { HarnessError } from '../../errors.ts';
import type { Action, Invocation } from '../command.ts';
import { interruptOf } from '../interrupts.ts';
import { createProgress } from '../progress/progress.ts';
import { writeComparison } from './compare.ts';

interface DemoClient {
  readonly name: string;
  /** As `suites/proof` names it. */
  readonly variant: string;
  readonly expected: RunVerdict;
}

const CLIENTS: readonly DemoClient[] = [
  { name: 'Reference client', variant: 'reference', expected: 'compliant' },
  { name: 'Naive client', variant: 'naive', expected: 'non-compliant' },
];

/** Runs the demonstration. 0 when both verdicts are the expected ones. @throws HarnessError `demo-unexpected` (exit 70) when one is not. */
export const action: Action = async (invocation) => {
  const { terminal, signal, flags, cwd } = invocation;
  const outDir = resolve(cwd, flags.out ?? 'reports/runs');
  const outcomes: RunOutcome[] = [];
  for (const client of CLIENTS) {
    const outcome = await judge(client, invocation, outDir);
    if (outcome !== undefined) outcomes.push(outcome);
    const interrupt = interruptOf(signal);
    if (interrupt !== undefined) return interrupt === 'SIGINT' ? 130 : 143;
  }
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

async function judge(client: DemoClient, invocation: Invocation, outDir: string): Promise<RunOutcome | undefined> {
  const { terminal, signal, flags } = invocation;
  terminal.say(`${client.name}: expected to be ${client.expected}.`);
  const progress = createProgress(terminal, 'adapter', flags.reporter);
  try {
    const config = configOf(client, invocation);
    const formats = flags.format ?? config.report.formats;
    const workers = flags.workers ?? config.run.workers;
    const outcome = await run({ config, outDir, formats, failOn: 'must', workers, progress, signal });
    progress.end();
    terminal.print(lineOf(outcome, terminal.color.out));
    return outcome;
  } finally {
    progress.end();
  }
}

function lineOf({ report, dir }: RunOutcome, color: boolean): string {
  const { mark, word, tone } = RUN_VERDICTS[report.verdict];
  const heading = palette(color)[tone](`${mark} ${word}`);
  return `${heading}  ${report.app.name}\n  ${report.summary}\n  ${join(dir, 'index.html')}\n`;
}

/** The bundled clients are adapters on the Node that runs this; several processes of them share one store. */
function configOf(client: DemoClient, { cwd, env }: Invocation): LoadedConfig {
  const main = fileURLToPath(new URL('../../../suites/proof/client/main.mjs', import.meta.url));
  return resolveConfig(
    {
      app: { name: client.name, client: 'public', sharedStore: true },
      driver: {
        type: 'adapter',
        command: [process.execPath, main, client.variant],
      },
      // Both clients answer within milliseconds, so short windows are honest here; the report states them.
      run: { workers: 4, quietMs: 150, holdMs: 1_500 },
    },
    { dir: cwd, cwd, env },
  );
}
