/** Two instances on one PostgreSQL: requests get to the owner through either, and a run outlives the instance that it began at. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startInstances, type Instances } from '../../test-kit/hosting/instances.ts';
import { freeRange } from '../../test-kit/hosting/ports.ts';
import { startPostgres, whyNoPostgres, type Postgres } from '../../test-kit/postgres.ts';
import { proofClient } from '../../test-kit/command-line.ts';
import { resolveConfig } from '../config/resolve.ts';
import type { Report } from '../grade/report.ts';
import type { Event } from '../history/event.ts';
import type { Progress } from '../run/progress.ts';
import { run } from '../run/run.ts';
import { runAt } from './client/run-at.ts';

const DEADLINE_MS = 400_000;
const GREP = '^(PKCE-0|RTR-0[1-3]|RACE-01)';
const dir = mkdtempSync(join(tmpdir(), 'sf-conformance-two-'));
let postgres: Postgres;
let instances: Instances;
let token: string;

/** Runs begin at the first instance that lives, and everything else arrives at the second. */
const throughTheOther: Instances['order'] = ({ method, url }, all) =>
  method === 'POST' && url === '/v1/runs' ? all : all.toReversed();

const missing = whyNoPostgres();
describe.skipIf(missing !== undefined)('two instances', () => {
  beforeAll(async () => {
    postgres = await startPostgres();
    const { first, last } = await freeRange(40);
    // Clients reach mocks at the second instance only.
    const args = ['--ports', `${String(first)}-${String(last)}`, '--url', 'http://127.0.0.2', '--gone', '3'];
    instances = await startInstances({ count: 2, databaseUrl: postgres.url, args: () => args });
    instances.order = throughTheOther;
    const answer = await fetch(`${instances.front}/v1/organisations`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${instances.all[0]?.token ?? ''}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ name: 'Acme' }),
    });
    token = ((await answer.json()) as { readonly token: string }).token;
  });
  afterAll(async () => {
    await (instances as Instances | undefined)?.[Symbol.asyncDispose]();
    await (postgres as Postgres | undefined)?.remove();
    rmSync(dir, { recursive: true, force: true });
  });

  const optionsFor = (client: string, progress: Partial<Progress> = {}) => ({
    config: resolveConfig(
      { app: { name: client }, driver: proofClient(client), run: { quietMs: 100 } },
      { dir, cwd: dir, env: {} },
    ),
    ...{ outDir: join(dir, client), formats: ['json'], failOn: 'must' as const, grep: GREP, workers: 1 },
    progress: { scenario: () => undefined, scenarioDone: () => undefined, note: () => undefined, ...progress },
  });
  const comparable = ({ verdict, checks, scenarios }: Report): unknown => ({
    verdict,
    checks: checks.map(({ id, verdict: of }) => [id, of]),
    scenarios: scenarios.map(({ id, outcome }) => [id, outcome]).toSorted(),
  });
  const historyIn = (folder: string): readonly Event[] =>
    readFileSync(join(folder, 'history.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Event);

  it(
    'play a run through the instance that does not own it, also while PostgreSQL starts again',
    async () => {
      const client = 'reference';
      const local = await run(optionsFor(client));
      let restarted: Promise<void> | undefined;
      const restart = async (): Promise<void> => {
        await postgres.stop();
        await postgres.start();
      };
      const scenario = (): void => void (restarted ??= restart());
      const remote = await runAt({ ...optionsFor(client, { scenario }), at: new URL(instances.front), token });
      await restarted;
      expect(comparable(remote.report)).toEqual(comparable(local.report));
    },
    DEADLINE_MS,
  );

  it(
    'go on with a run whose instance was killed, and keep its finished scenarios',
    async () => {
      const client = 'drops-new-refresh-token';
      const local = await run(optionsFor(client));
      const notes: string[] = [];
      const finished: string[] = [];
      const begun: string[] = [];
      const [first] = instances.all;
      const remote = await runAt({
        ...optionsFor(client, {
          scenario({ id }) {
            begun.push(id);
            if (begun.length === 4) first?.process.kill('SIGKILL');
          },
          scenarioDone: ({ id }) => void finished.push(id),
          note: (text) => void notes.push(text),
        }),
        ...{ at: new URL(instances.front), token },
      });
      expect(notes.join('\n')).toContain('Finished scenarios are kept');
      expect(comparable(remote.report)).toEqual(comparable(local.report));
      const history = historyIn(remote.dir);
      expect(history.map(({ seq }) => seq)).toEqual(history.map((_, index) => index + 1));
      const ends = history.filter(({ kind }) => kind === 'scenario-end').map(({ scenario }) => scenario);
      expect(ends.toSorted()).toEqual(remote.report.scenarios.map(({ id }) => id).toSorted());
      // The pre-flight is run again at each instance; what else was finished is not.
      const again = begun.filter((id, index) => begun.indexOf(id) < index && id !== 'strict');
      expect(again).toEqual([begun[3]]);
      expect(finished.toSorted()).toEqual([...new Set(begun), 'strict'].toSorted());
    },
    DEADLINE_MS,
  );
});
