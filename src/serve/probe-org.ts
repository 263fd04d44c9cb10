/** Asks the org at the start of a session whether the app requires PKCE, and records the conclusions. */
import type { LoadedConfig } from '../config/load.ts';
import type { EventBody } from '../history/event.ts';
import { probe } from '../probe/probe.ts';
import { trustingFetch } from '../upstream/trusting-fetch.ts';
import type { UpstreamSession } from './upstream-session.ts';

/** Options of `probeOrg`. */
export interface ProbeOrgOptions {
  readonly config: Pick<LoadedConfig, 'app' | 'filledIn'>;
  readonly upstream: Pick<UpstreamSession, 'target' | 'ca'>;
  readonly say: (text: string) => void;
  readonly record: (body: EventBody) => unknown;
}

/** Sends the requests of the probe to the org, and no others. Questions that the org does not answer stay open. */
export async function probeOrg({ config, upstream, say, record }: ProbeOrgOptions): Promise<void> {
  const { app, filledIn } = config;
  const { login, sitePath } = upstream.target;
  const [redirectUri] = filledIn.includes('redirectUris') ? [] : app.redirectUris;
  const { conclusions, output } = await probe({
    ...{ loginUrl: login + sitePath, clientId: app.clientId, fetch: trustingFetch(upstream.ca) },
    ...(redirectUri === undefined ? {} : { redirectUri }),
    announce: say,
  });
  for (const { question, result } of conclusions) record({ kind: 'probe', question, result });
  say(output);
}
