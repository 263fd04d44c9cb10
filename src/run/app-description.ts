/** Describes the app of a configuration for the history. Pure. */
import type { LoadedConfig } from '../config/load.ts';
import type { AppDescription } from '../history/event.ts';

/** Describes the app, without client id, secret and metadata. */
export function describeApp({ app }: Pick<LoadedConfig, 'app'>): AppDescription {
  return {
    name: app.name,
    kind: app.kind,
    client: app.client,
    redirectUris: app.redirectUris,
    scopes: app.scopes,
    sharedStore: app.sharedStore,
    persistence: app.persistence,
    ...(app.egress === undefined ? {} : { egress: app.egress }),
    ...(app.leaseMs === undefined ? {} : { leaseMs: app.leaseMs }),
  };
}
