/** Runs the whole engine against one client of `suites/proof/` and says what came out, against what it declares. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEmbedding, type Embedding } from '../../mock-server/start.ts';
import type { NamedVariant } from '../../suites/proof/client/variant.ts';
import { resolveConfig, type LoadedConfig } from '../../src/config/resolve.ts';
import type { Verdict } from '../../src/grade/check.ts';
import type { Report } from '../../src/grade/report.ts';
import { ruleIds } from '../../suites/requirements/rule-ids.ts';
import { readHistory } from '../../src/history/read-history.ts';
import { keepCompiledCode } from '../../src/compile-cache.ts';
import { run } from '../../src/run/run.ts';
import { keepRecording } from './recordings.ts';

keepCompiledCode();

const MAIN = fileURLToPath(new URL('../../suites/proof/client/main.mjs', import.meta.url));
const SILENT = { scenario: () => undefined, scenarioDone: () => undefined, note: () => undefined };

export interface ProofOptions {
  /** Default 250: several runs share the machine when tests run. */
  readonly quietMs?: number;
  readonly grep?: string;
  /** Only these scenarios. */
  readonly scenarios?: readonly string[];
  readonly seed?: number;
  /** Scenarios at once; default 1. */
  readonly workers?: number | 'auto';
  /** Folder in which what the client did is kept. */
  readonly keepIn?: string;
}

/** What the configuration of a client of the proof is. */
export function proofConfig(variant: NamedVariant, options: ProofOptions = {}): LoadedConfig {
  const dir = fileURLToPath(new URL('../../suites/proof/', import.meta.url));
  return resolveConfig(
    {
      // The newest set has every check.
      rules: ruleIds.at(-1),
      app: {
        name: variant.name,
        client: variant.client ?? 'public',
        ...(variant.sharedStore === undefined ? {} : { sharedStore: variant.sharedStore }),
        ...(variant.persistence === undefined ? {} : { persistence: variant.persistence }),
        ...(variant.clientSecret === undefined ? {} : { clientSecret: variant.clientSecret }),
        ...(variant.leaseMs === undefined ? {} : { leaseMs: variant.leaseMs }),
        ...(variant.egress === undefined ? {} : { egress: variant.egress }),
        ...(variant.redirectUris === undefined ? {} : { redirectUris: variant.redirectUris }),
      },
      driver: {
        type: 'adapter',
        command: [process.execPath, MAIN, variant.name],
        ...(variant.previous === undefined
          ? {}
          : { previous: { command: [process.execPath, MAIN, variant.previous] } }),
        ...(variant.seeded === undefined ? {} : { seeded: variant.seeded }),
      },
      ...(variant.switches === undefined ? {} : { mock: { switches: variant.switches } }),
      run: {
        quietMs: options.quietMs ?? 250,
        // Twice what the clients with a timeoutPolicy of their own have, and many times what an answer takes on a busy machine.
        holdMs: 3_000,
        timeoutMs: 12_000,
        workers: options.workers ?? 1,
        ...(options.seed === undefined ? {} : { seed: options.seed }),
      },
    },
    { dir, cwd: dir, env: {} },
  );
}

/** Surroundings of a mock that sees from which loopback address a connection comes: 127.0.0.1, 127.0.0.2, … */
const seesAddresses = async (): Promise<Embedding> => ({
  ...(await createEmbedding()),
  sourceOf: ({ socket }) => socket.remoteAddress,
});

/** The report of one whole run; nothing of it stays on disk. */
export async function prove(variant: NamedVariant, options: ProofOptions = {}): Promise<Report> {
  const outDir = await mkdtemp(join(tmpdir(), 'sf-proof-'));
  try {
    const { report, dir } = await run({
      config: proofConfig(variant, options),
      outDir,
      formats: [],
      failOn: 'must',
      progress: SILENT,
      ...(options.scenarios === undefined ? {} : { scenarios: options.scenarios }),
      ...(variant.egress === undefined ? {} : { embed: seesAddresses }),
      ...(options.grep === undefined ? {} : { grep: options.grep }),
    });
    if (options.keepIn !== undefined) {
      const { events } = await readHistory(join(dir, 'history.jsonl'));
      await keepRecording(options.keepIn, variant.name, events, report.run.observed);
    }
    return report;
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

/** One check that came out otherwise than declared. */
export interface Surprise {
  readonly check: string;
  readonly declared: Verdict | 'clean';
  readonly verdict: Verdict;
  readonly message: string;
}

const CLEAN: readonly Verdict[] = ['pass', 'info', 'skip', 'review', 'inconclusive'];

/** Compares a report with what a client declares: each declared verdict, and no `fail`, `warn` or `error` beside them.
 * For a client that declares nothing wrong a MUST may not be `inconclusive` either. */
export function surprises(variant: NamedVariant, report: Report): readonly Surprise[] {
  return report.checks.flatMap((check) => {
    const declared = variant.expect[check.id];
    const right =
      declared === undefined ? CLEAN.includes(check.verdict) && check.verdict !== 'fail' : declared === check.verdict;
    return right
      ? []
      : [{ check: check.id, declared: declared ?? 'clean', verdict: check.verdict, message: check.message }];
  });
}
