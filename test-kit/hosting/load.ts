/** Proves that runs of many organisations at several instances end as each does alone, while an instance is killed and PostgreSQL is away. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { proofClient } from '../command-line.ts';
import { resolveConfig } from '../../src/config/resolve.ts';
import { HarnessError } from '../../src/errors.ts';
import type { Report } from '../../src/grade/report.ts';
import { runAt } from '../../src/hosting/client/run-at.ts';
import { run } from '../../src/run/run.ts';
import { startPostgres } from '../postgres.ts';
import { startInstances, type Instances } from './instances.ts';
import { freeRange } from './ports.ts';

export interface LoadOptions {
  readonly organisations: number;
  /** Runs that go on at once. */
  readonly atOnce: number;
  /** Which checks are selected. */
  readonly grep: string;
  /** How long PostgreSQL is stopped, in milliseconds. */
  readonly awayMs: number;
  readonly say: (line: string) => void;
}

export interface LoadResult {
  /** Runs that ended with another verdict than alone, that mixed organisations or that lost or doubled events: one sentence each. */
  readonly wrong: readonly string[];
  /** Runs that went on at another instance. */
  readonly continued: number;
  /** Runs that ended with `repeat` and were right when they were repeated. */
  readonly repeated: number;
}

/** Clients of the proof, in turn. */
const CLIENTS = ['reference', 'drops-new-refresh-token', 'plain-method'];

/** Runs all organisations, `atOnce` at a time; kills an instance after a third of them and stops PostgreSQL after two thirds. */
export async function proveLoad(options: LoadOptions): Promise<LoadResult> {
  const { organisations, atOnce, awayMs, say } = options;
  const dir = mkdtempSync(join(tmpdir(), 'sf-conformance-load-'));
  const postgres = await startPostgres();
  const { first, last } = await freeRange(8 * atOnce);
  // Mocks are reached at the third instance; the first one is killed.
  const args = ['--ports', `${String(first)}-${String(last)}`, '--url', 'http://127.0.0.3', '--gone', '10'];
  const instances = await startInstances({ count: 3, databaseUrl: postgres.url, args: () => args });
  try {
    const alone = new Map<string, string>();
    for (const client of CLIENTS)
      alone.set(client, verdictsOf((await run(optionsFor(client, { dir, ...options }))).report));
    say(`${String(CLIENTS.length)} clients judged alone`);
    const wrong: string[] = [];
    const count = { ended: 0, continued: 0, repeated: 0 };
    let next = 0;
    const one = async (n: number): Promise<void> => {
      const client = CLIENTS[n % CLIENTS.length] ?? '';
      const name = `organisation-${String(n)}`;
      const token = await createOrganisation(instances, name);
      const attempt = () =>
        runAt({
          ...optionsFor(client, {
            dir,
            ...options,
            name,
            note: (text) => text.includes('are kept') && (count.continued += 1),
          }),
          ...{ at: new URL(instances.front), token },
        });
      const outcome = await attempt().catch((error: unknown) => {
        if (!(error instanceof HarnessError) || error.code !== 'repeat') throw error;
        count.repeated += 1;
        return attempt();
      });
      if (verdictsOf(outcome.report) !== alone.get(client)) wrong.push(`${name}, ${client}: ${outcome.dir}`);
      wrong.push(...faultsOf(outcome.dir, name, organisations));
      count.ended += 1;
      if (count.ended % 10 === 0) say(`${String(count.ended)} of ${String(organisations)} runs have ended`);
    };
    const worker = async (): Promise<void> => {
      while (next < organisations) {
        next += 1;
        const n = next;
        if (n === Math.ceil(organisations / 3)) {
          say('kills an instance');
          instances.all[0]?.process.kill('SIGKILL');
        }
        if (n === Math.ceil((2 * organisations) / 3)) {
          say(`stops PostgreSQL for ${String(awayMs)} ms`);
          await postgres.stop();
          await delay(awayMs);
          await postgres.start();
        }
        await one(n).catch((error: unknown) => wrong.push(`organisation-${String(n)}: ${String(error)}`));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return { wrong, continued: count.continued, repeated: count.repeated };
  } finally {
    await instances[Symbol.asyncDispose]();
    await postgres.remove();
    rmSync(dir, { recursive: true, force: true });
  }
}

interface Parts extends Pick<LoadOptions, 'grep'> {
  readonly dir: string;
  readonly name?: string;
  readonly note?: (text: string) => unknown;
}

function optionsFor(client: string, { dir, grep, name = 'alone', note }: Parts) {
  const nothing = (): void => undefined;
  return {
    config: resolveConfig(
      { app: { name }, driver: proofClient(client), run: { quietMs: 100 } },
      { dir, cwd: dir, env: {} },
    ),
    ...{ outDir: join(dir, name), formats: ['json'], failOn: 'must' as const, grep, workers: 1 },
    progress: { scenario: nothing, scenarioDone: nothing, note: (text: string) => void note?.(text) },
  };
}

const verdictsOf = ({ verdict, checks, scenarios }: Report): string =>
  JSON.stringify([
    verdict,
    checks.map(({ id, verdict: of }) => [id, of]),
    scenarios.map(({ id, outcome }) => `${id}: ${outcome}`).toSorted(),
  ]);

/** Events that are missing or doubled, and names of other organisations. */
function faultsOf(dir: string, name: string, organisations: number): readonly string[] {
  const history = readFileSync(join(dir, 'history.jsonl'), 'utf8');
  const events = history
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly seq: number; readonly kind: string; readonly scenario: string });
  const ends = events.filter(({ kind }) => kind === 'scenario-end').map(({ scenario }) => scenario);
  const named = new Set(history.match(/organisation-\d+/gu) ?? []);
  return [
    ...(events.every(({ seq }, index) => seq === index + 1) ? [] : [`${name}: numbers are missing`]),
    ...(new Set(ends).size === ends.length ? [] : [`${name}: a scenario ended twice`]),
    ...(named.size === 1 && named.has(name) && organisations > 0 ? [] : [`${name}: names ${[...named].join(', ')}`]),
  ];
}

async function createOrganisation({ front, all }: Instances, name: string): Promise<string> {
  for (;;) {
    const answer = await fetch(`${front}/v1/organisations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${all[0]?.token ?? ''}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
    });
    if (answer.ok) return ((await answer.json()) as { readonly token: string }).token;
    if (answer.status < 500) throw new Error(`No organisation: ${await answer.text()}`);
    await delay(200);
  }
}
