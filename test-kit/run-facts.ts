/** The facts of a run by hand, for the tests of checks. */
import type { AppDescription } from '../src/history/event.ts';
import type { RunFacts } from '../src/grade/check.ts';

/** The facts of a run of an adapter, of a public client unless said otherwise. */
export function runFacts(app: Partial<AppDescription> = {}, driver = 'adapter'): RunFacts {
  const described: AppDescription = {
    name: 'Acme Sync',
    kind: 'external-client-app',
    client: 'public',
    redirectUris: ['http://127.0.0.1:0/callback'],
    scopes: ['api', 'refresh_token'],
    sharedStore: false,
    persistence: 'durable',
    ...app,
  };
  const run = {
    id: 'test',
    startedAt: '2026-01-01T00:00:00.000Z',
    seed: 1,
    quietMs: 300,
    holdMs: 5_000,
    timeoutMs: 30_000,
    herd: 8,
    policy: 'strict',
    rotation: 'salesforce',
    driver,
  } as const;
  return {
    app: described,
    run,
    observed: false,
    begin: {
      kind: 'run-begin',
      seq: 1,
      t: 0,
      scenario: '',
      prev: '',
      schemaVersion: 1,
      tool: { name: 'sf-conformance', version: '0.0.0' },
      app: described,
      run,
      selection: {},
      failOn: 'must',
      attestations: {},
      abilities: {},
      secretNeedsEncoding: false,
    },
  };
}
