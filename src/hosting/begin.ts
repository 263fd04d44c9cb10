/** The first lines of a hosted tenant's history, as `report` reads them. Pure. */
import type { Definition } from '../../mock-server/tenants/definition.ts';
import type { EventBody } from '../history/event.ts';
import { name, version } from '../version.ts';

/** The windows of time are those of a person at work: nobody holds or counts anything. */
export function beginOf({ name: tenant, app, mode, rotation, createdAt }: Definition): readonly EventBody[] {
  const policy = mode === 'salesforce' ? 'salesforce' : 'strict';
  return [
    {
      kind: 'run-begin',
      schemaVersion: 1,
      tool: { name, version },
      app: {
        ...{ name: tenant, kind: 'external-client-app', client: app.client, redirectUris: app.redirectUris },
        ...{ scopes: ['api', 'refresh_token'], sharedStore: false, persistence: 'durable' },
      },
      run: {
        ...{ id: tenant, startedAt: new Date(createdAt).toISOString(), seed: 1, driver: 'manual' },
        ...{ quietMs: 300, holdMs: 5_000, timeoutMs: 30_000, herd: 8, policy, rotation },
      },
      selection: {},
      failOn: 'must',
      attestations: {},
      abilities: {},
      metadata: false,
      secretNeedsEncoding: false,
    },
    { kind: 'scenario-begin', title: 'Logins and calls, as they come', mode },
  ];
}
