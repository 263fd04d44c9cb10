import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startLive } from '../serve/fixtures/live.ts';
import { startLeakyOrg } from './fixtures/leaky-org.ts';
import { readTarget } from './target.ts';

/** Requests through the recorder. As many go directly to the org, in turn, for comparison. */
const REQUESTS = 10_000;

/** The goal is 1 ms on a machine that does nothing else; here recorder, org and client share one process with other tests beside it. */
const MOST_ADDED_MS = 20;

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;

test(
  `${String(REQUESTS)} requests leave no planted value on disk, and the median of what the recorder adds is small`,
  { timeout: 300_000 },
  async () => {
    const org = await startLeakyOrg();
    const live = await startLive({}, {}, { upstream: { target: readTarget([org.url]) }, formats: [] });
    onTestFinished(() => live.clean());
    const exchange = new URLSearchParams({ grant_type: 'authorization_code', code: 'a-code', client_id: 'my-app' });
    const granted = (await (
      await fetch(`${live.loginUrl}/services/oauth2/token`, { method: 'POST', body: exchange })
    ).json()) as Readonly<Record<string, string>>;
    const headers = { authorization: `Bearer ${granted['access_token'] ?? ''}` };
    const ask = async (base: string): Promise<number> => {
      const begun = performance.now();
      await (await fetch(`${base}/services/data/v60.0/limits`, { headers })).arrayBuffer();
      return performance.now() - begun;
    };
    const through: number[] = [];
    const directly: number[] = [];
    for (let n = 0; n < REQUESTS; n += 1) {
      directly.push(await ask(org.url));
      through.push(await ask(granted['instance_url'] ?? ''));
    }
    const addedMs = median(through) - median(directly);
    process.stderr.write(
      `added at the median: ${addedMs.toFixed(2)} ms (${median(directly).toFixed(2)} ms directly)\n`,
    );
    expect(addedMs).toBeLessThan(MOST_ADDED_MS);
    const { dir } = await live.end();
    const history = await readFile(join(dir, 'history.jsonl'), 'utf8');
    expect(history.split('\n').length).toBeGreaterThan(2 * REQUESTS);
    expect(history).not.toMatch(/Kanari/);
  },
);
