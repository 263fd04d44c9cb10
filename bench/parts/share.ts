/** How much of a run against the reference client is the harness's own. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFileSync } from 'node:fs';
import { readHistory } from '../../src/history/read-history.ts';
import type { Event } from '../../src/history/event.ts';

export interface Share {
  /** From the start of the command to its end, reports included. */
  readonly wallMs: number;
  /** Of it, an action of the client was open: the client was at work, or was being held to see what it does. */
  readonly clientMs: number;
  /** CPU time of the harness's process itself, start and reports included. */
  readonly cpuMs: number;
  /** `cpuMs` of `wallMs`. */
  readonly share: number;
  readonly scenarios: number;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** One run as a partner makes it, in a process of its own. @param suites all when undefined */
export async function measureShare(suites?: string): Promise<Share> {
  const folder = mkdtempSync(join(tmpdir(), 'sf-conformance-bench-'));
  try {
    const config = join(folder, 'conformance.config.json');
    const usage = join(folder, 'usage.mjs');
    // What the process itself used, measured at its end: the processes of the client are not in it.
    writeFileSync(
      usage,
      `process.on('exit', () => process.stderr.write('\\nCPU ' + JSON.stringify(process.cpuUsage()) + '\\n'));`,
    );
    const command = [process.execPath, join(ROOT, 'suites/proof/client/main.mjs')];
    writeFileSync(
      config,
      JSON.stringify({
        app: { name: 'Reference', client: 'public', sharedStore: true },
        driver: { type: 'adapter', command },
      }),
    );
    const args = [
      '--import',
      usage,
      join(ROOT, 'src/cli/main.ts'),
      'run',
      '-c',
      config,
      '--out',
      join(folder, 'runs'),
      '--quiet',
    ];
    const from = performance.now();
    const child = spawn(process.execPath, [...args, ...(suites === undefined ? [] : ['--suite', suites])], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await once(child, 'close');
    const wallMs = performance.now() - from;
    const cpu = JSON.parse(/\nCPU (\{.*\})/.exec(said)?.[1] ?? '{"user":0,"system":0}') as NodeJS.CpuUsage;
    const run = readdirSync(join(folder, 'runs')).find((name) => /^\d/.test(name)) ?? '';
    const { events } = await readHistory(join(folder, 'runs', run, 'history.jsonl'));
    const cpuMs = (cpu.user + cpu.system) / 1000;
    const scenarios = events.filter(({ kind }) => kind === 'scenario-end').length;
    return { wallMs, clientMs: actionsOpen(events), cpuMs, share: cpuMs / wallMs, scenarios };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds in which at least one action was open. */
function actionsOpen(events: readonly Event[]): number {
  let open = 0;
  let since = 0;
  let sum = 0;
  for (const { kind, t } of events) {
    if (kind === 'verb-begin' && (open += 1) === 1) since = t;
    if (kind === 'verb-end' && open > 0 && (open -= 1) === 0) sum += t - since;
  }
  return sum;
}
