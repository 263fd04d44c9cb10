import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setUp } from './bench.ts';
import type { Bench } from './bench.ts';
import { loadVariant } from './variant.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await setUp();
});

afterEach(() => bench.end());

const names = readdirSync(new URL('../unusual', import.meta.url)).map((file) => basename(file, '.ts'));

test.each(names.filter((name) => name !== 'app-scheme-redirect' && name !== 'calls-userinfo'))(
  '%s logs in, shares one refresh among calls, and outlives a restart',
  async (name) => {
    const { server } = bench;
    const { client, persistence } = await loadVariant(name);
    const variables: Record<string, string> = client === 'confidential' ? { SF_CLIENT_SECRET: 's3cret' } : {};
    const adapter = bench.start(name, variables);
    expect(await adapter.login()).toMatchObject({ ok: true });
    expect(await adapter.ask('call')).toMatchObject({ ok: true });
    for (let round = 1; round <= 2; round += 1) {
      server.expire();
      const answers = await Promise.all([adapter.ask('call'), adapter.ask('call'), adapter.ask('call')]);
      expect(answers).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
      expect(server.refreshes).toBe(round);
    }
    expect(await adapter.end()).toBe(0);
    const again = bench.start(name, variables);
    expect(await again.ask('call')).toMatchObject(
      persistence === 'session' ? { ok: false, reauthorize: true } : { ok: true },
    );
    expect(server.refreshes).toBe(2);
  },
);
