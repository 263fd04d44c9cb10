import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { effortMs } from '../../test-kit/effort.ts';
import { startLive } from '../serve/fixtures/live.ts';
import { startLeakyOrg } from './fixtures/leaky-org.ts';
import { readTarget } from './target.ts';

/** Requests through the recorder. As many go directly to the org, for comparison: some of these, some of those. */
const REQUESTS = 10_000;
const AT_ONCE = 100;

/** The goal is 1 ms on a machine that does nothing else. This is CPU time, which hardly depends on what else the machine does. */
const MOST_ADDED_MS = 10;

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;

test(
  `${String(REQUESTS)} requests leave no planted value on disk, and the effort that the recorder adds is small`,
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
      const effort = await effortMs(async () => {
        for (let n = 0; n < AT_ONCE; n += 1)
          await (await fetch(`${base}/services/data/v60.0/limits`, { headers })).arrayBuffer();
      });
      return effort / AT_ONCE;
    };
    const through: number[] = [];
    const directly: number[] = [];
    for (let n = 0; n < REQUESTS; n += AT_ONCE) {
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
