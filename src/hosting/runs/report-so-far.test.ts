/** A live session whose instance was killed, after the service has started again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { sampleEvents } from '../../../test-kit/sample-history.ts';
import { startHost } from '../host.ts';
import { openDatabase } from '../store/open.ts';
import { createStore } from '../store/store.ts';

it('keeps a report of what was recorded, and says what happened', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sf-conformance-gone-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const db = await openDatabase({ dir });
  const store = createStore(db);
  const organisation = await store.createOrganisation('Acme');
  const { token } = await store.createToken({ organisation, name: 'CI', scopes: ['read'] });
  const begin = async (kind: 'live' | 'run'): Promise<string> => {
    const id = await store.of(organisation).createRun({ kind, appName: 'Sync', app: null });
    await store.run(id).begin('i-killed');
    const cut = sampleEvents('failing').slice(0, 400);
    await store.run(id).append(
      cut.map((event) => ({ seq: event.seq, line: JSON.stringify(event) })),
      [],
    );
    return id;
  };
  const [live, run] = [await begin('live'), await begin('run')];
  await db.destroy();
  const host = await startHost({ dir, host: '127.0.0.1', port: 0, env: {}, log: () => undefined });
  onTestFinished(() => host.close(0));
  const ask = async (path: string): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${host.origin}/v1/runs/${path}`, { headers: { authorization: `Bearer ${token}` } });
    return (await answer.json()) as Record<string, unknown>;
  };
  expect(await ask(live)).toMatchObject({ state: 'ended', verdict: null, error: { code: 'repeat' } });
  expect((await ask(`${live}/files`))['files']).toEqual(expect.arrayContaining(['index.html', 'report.sig']));
  expect((await ask(`${live}/files/report.json`))['verdict']).not.toBe('compliant');
  expect((await ask(`${run}/files`))['files']).toEqual([]);
});
