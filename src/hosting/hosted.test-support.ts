/** An instance on PGlite for tests, with an organisation that has an app and runs whose reports are those of the samples. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleEvents } from '../../test-kit/sample-history.ts';
import { grade } from '../grade/grade.ts';
import { DEFAULT_RULES } from '../history/rules.ts';
import { loadRuleCatalogue } from '../run/catalogue.ts';
import { completeApp } from './api/organisation-routes.ts';
import { startHost, type Host, type HostOptions } from './host.ts';
import { openDatabase } from './store/open.ts';
import { createStore } from './store/store.ts';

export interface Hosted extends AsyncDisposable {
  readonly host: Host;
  /** Of the organisation, with every scope. */
  readonly token: string;
  readonly app: string;
  /** Ended runs: a compliant one and a failing one. */
  readonly runs: readonly [string, string];
}

/** Starts the instance. The database belongs to one process at a time: what it holds is put into it first. */
export async function startHosted(options: Partial<HostOptions> = {}): Promise<Hosted> {
  const dir = mkdtempSync(join(tmpdir(), 'sf-conformance-hosted-'));
  const db = await openDatabase({ dir });
  const store = createStore(db);
  const id = await store.createOrganisation('Acme');
  const app = await store.of(id).createApp('Sync', completeApp({ name: 'Sync', client: 'confidential' }));
  const catalogue = await loadRuleCatalogue(DEFAULT_RULES);
  const addRun = async (sample: 'compliant' | 'failing'): Promise<string> => {
    const report = {
      ...grade(sampleEvents(sample), catalogue),
      integrity: { algorithm: 'Ed25519', publicKey: '', signature: 'report.sig' },
    };
    const run = await store.of(id).createRun({ kind: 'run', appName: 'Sync', app });
    await store.run(run).keep('report.json', Buffer.from(JSON.stringify(report)));
    await store.run(run).keep('index.html', Buffer.from(`<!doctype html><title>${sample}</title>`));
    await store.run(run).end({ verdict: report.verdict, summary: report.summary });
    return run;
  };
  const runs = [await addRun('compliant'), await addRun('failing')] as const;
  const { token } = await store.createToken({ organisation: id, name: 'CI', scopes: ['read', 'run', 'manage'] });
  await db.destroy();
  const host = await startHost({ dir, host: '127.0.0.1', port: 0, env: {}, log: () => undefined, ...options });
  return {
    ...{ host, token, app, runs },
    async [Symbol.asyncDispose]() {
      await host.close(0);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
