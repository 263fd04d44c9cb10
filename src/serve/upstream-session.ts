/** Defines the settings of a live session with a real org, and the announcement before anything is forwarded. */
import type { LoadedConfig } from '../config/load.ts';
import { HarnessError } from '../errors.ts';
import type { UpstreamOptions } from '../upstream/upstream.ts';
import type { Target } from '../upstream/target.ts';

/** The settings of a live session with a real org. */
export interface UpstreamSession {
  readonly target: Target;
  /** PEM certificate of an authority that is trusted in addition to the usual ones. */
  readonly ca?: string | undefined;
  /** Whether to ask the org at the start if the app requires PKCE. Default: false. */
  readonly probe?: boolean | undefined;
  /** Shows one sentence to the user. */
  readonly say?: ((text: string) => void) | undefined;
}

type ConfiguredOptions = Pick<UpstreamOptions, 'host' | 'tls' | 'public' | 'target' | 'app' | 'ca' | 'say'>;

/** Returns the options of a session: only the configured parts of the app; the others are learned from the client. */
export function upstreamOptions(
  { app, mock, filledIn }: LoadedConfig,
  { target, ca, say }: UpstreamSession,
): ConfiguredOptions {
  const { client, clientId, clientSecret, redirectUris } = app;
  const named = <T>(key: LoadedConfig['filledIn'][number], value: T): T | undefined =>
    filledIn.includes(key) ? undefined : value;
  return {
    ...{ host: mock.host, tls: mock.tls, public: false, target, ca, say },
    app: {
      client,
      clientId: named('clientId', clientId),
      clientSecret: named('clientSecret', clientSecret),
      redirectUris: named('redirectUris', redirectUris),
    },
  };
}

/** Returns the announcement before the session starts: what is forwarded to which hosts, and what is written where. */
export function upstreamAnnouncement({ login, sitePath, hostnames }: Target, outDir: string): string {
  return [
    `Every request of the client is forwarded to ${login}${sitePath} and to the instance of the org, over verified TLS.`,
    `Contacted hosts: ${hostnames.join(', ')}; no others.`,
    'Sign-in pages are opened at the org itself. Tokens, codes, session ids and secrets are replaced by labels before anything is written; of what the APIs answer only the shape is written.',
    `Reports and history are written into a new folder of ${outDir}.`,
  ].join('\n');
}

/** Throws unless the configuration names the app to ask about.
 * @throws HarnessError `probe-client-id` */
export function assertProbable({ filledIn }: Pick<LoadedConfig, 'filledIn'>): void {
  if (!filledIn.includes('clientId')) return;
  throw new HarnessError(
    'probe-client-id',
    '--probe needs the client id of the app, and the configuration names none.',
    'Set app.clientId (the consumer key) and app.redirectUris in the configuration.',
  );
}
