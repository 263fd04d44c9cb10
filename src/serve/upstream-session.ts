/** What a live session needs to know of a real org, and what it says to the person before anything is forwarded. */
import type { LoadedConfig } from '../config/load.ts';
import { HarnessError } from '../errors.ts';
import type { UpstreamOptions } from '../upstream/upstream.ts';
import type { Target } from '../upstream/target.ts';

export interface UpstreamSession {
  readonly target: Target;
  /** PEM of an authority that is trusted besides the usual ones. */
  readonly ca?: string | undefined;
  /** Ask the org at the start whether the app requires PKCE. Default false. */
  readonly probe?: boolean | undefined;
  /** Shows one sentence to a person. */
  readonly say?: ((text: string) => void) | undefined;
}

type ConfiguredOptions = Pick<UpstreamOptions, 'host' | 'tls' | 'public' | 'target' | 'app' | 'ca' | 'say'>;

/** Returns the options of a session: of the app only what the configuration names, the rest is learned from the client. */
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

/** Returns what is said before the session starts: what is forwarded, where to, and what is written where. */
export function upstreamAnnouncement({ login, sitePath, hostnames }: Target, outDir: string): string {
  return [
    `Every request of the client is forwarded to ${login}${sitePath} and to the instance of the org, over verified TLS.`,
    `Contacted hosts: ${hostnames.join(', ')}; no others.`,
    'Sign-in pages are opened at the org itself. Tokens, codes, session ids and secrets are replaced by labels before anything is written; of what the APIs answer only the shape is written.',
    `Reports and history are written into a new folder of ${outDir}.`,
  ].join('\n');
}

/** Throws unless the configuration names the app that the org is asked about. @throws HarnessError `probe-client-id` */
export function assertProbable({ filledIn }: Pick<LoadedConfig, 'filledIn'>): void {
  if (!filledIn.includes('clientId')) return;
  throw new HarnessError(
    'probe-client-id',
    '--probe needs the client id of the app, and the configuration names none.',
    'Set app.clientId (the consumer key) and app.redirectUris in the configuration.',
  );
}
