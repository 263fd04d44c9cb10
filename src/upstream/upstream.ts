/** Puts a real org behind the recorder: replaces the mock in a live session, and forwards the client's requests. */
import { randomBytes } from 'node:crypto';
import { createGateway, endpointOf, type Exchange } from '../../mock-server/gateway.ts';
import type { Mock, MockOptions } from '../../mock-server/mock.ts';
import { createUpstreamControl } from './control.ts';
import { upstreamEndpoint } from './endpoint.ts';
import { createForwarding } from './forward-exchange.ts';
import { createForwarder, type ForwardTimeouts } from './forward.ts';
import { learnedApp, type ConfiguredApp } from './learned-app.ts';
import { openUpstreamOrigins, type UpstreamOrigins } from './origins.ts';
import { createPageOrigins } from './page-origins.ts';
import type { Target } from './target.ts';
import { createTokenBook } from './token-book.ts';

/** Options of `startUpstream`. */
export interface UpstreamOptions extends Pick<
  MockOptions,
  'host' | 'port' | 'instancePort' | 'tls' | 'public' | 'record' | 'now' | 'redactor' | 'correlation'
> {
  readonly target: Target;
  readonly app: ConfiguredApp;
  /** PEM certificate of an authority that is trusted in addition to the usual ones. */
  readonly ca?: string | undefined;
  readonly timeouts?: ForwardTimeouts | undefined;
  /** Shows one sentence to the user. */
  readonly say?: ((text: string) => void) | undefined;
}

/** Endpoints whose requests are read completely before they are forwarded, because their parameters are measured. */
const READ_WHOLE: ReadonlySet<string> = new Set(['authorize', 'token', 'revoke', 'introspect']);

/** Starts local origins for an org; resolves when they accept connections. Sends nothing to the org on its own.
 * @throws HarnessError `not-loopback`, `port-in-use`, `cannot-listen` */
export async function startUpstream(options: UpstreamOptions): Promise<Mock> {
  const { target, record, now, redactor, correlation, say } = options;
  const book = createTokenBook({ record, redactor, correlation });
  const { app, learn } = learnedApp(options.app, redactor);
  const forwarder = createForwarder(options.ca, options.timeouts);
  const browserKey = randomBytes(24).toString('base64url');
  let origins: UpstreamOrigins | undefined;
  const opened = (): UpstreamOrigins => {
    if (origins === undefined) throw new TypeError('The origins of the org are not open yet.');
    return origins;
  };
  const forward = createForwarding({
    origins: {
      upstreamOf: (port) => opened().upstreamOf(port),
      toLocal: (text, about) => opened().toLocal(text, about),
      toUpstream: (text) => opened().toUpstream(text),
    },
    ...{ forwarder, book, record, app, secure: options.tls === true },
  });
  const gateway = await createGateway({
    ...{ host: options.host, tls: options.tls, public: options.public, app, record, now, redactor, correlation },
    ...{ browserKey, tokens: book, isSite: target.sitePath !== '' },
    recording: {
      streams: (host, path) => !READ_WHOLE.has(endpointOf(host, path)),
      arriving: learn,
    },
    addedHeaders: createPageOrigins(),
    endpoint: upstreamEndpoint({ redactor, book, forward, urlOf: (exchange) => urlOf(exchange, opened(), target) }),
  });
  try {
    origins = await openUpstreamOrigins({
      target,
      open: (kind, port) => gateway.open(kind, port),
      ports: { login: options.port ?? 0, instance: options.instancePort ?? 0 },
      onUnnamed: (hostname) => {
        record({
          kind: 'note',
          text: 'The org named a host that the command line does not name: requests to it are not recorded.',
        });
        say?.(unnamedText(hostname));
      },
    });
  } catch (error) {
    await gateway.close();
    throw error;
  }
  const { login } = origins;
  return {
    loginUrl: login + target.sitePath,
    get instanceUrl() {
      return opened().instance;
    },
    get hosts() {
      return { login, instance: opened().instance };
    },
    caFile: gateway.caFile,
    org: { id: '' },
    control: createUpstreamControl(gateway, book, record),
    browserKey,
    prepareSignIn: () => Promise.resolve(),
    get open() {
      return gateway.pending;
    },
    quiet: (quietMs) => gateway.quiet(quietMs),
    async close() {
      await gateway.close();
      await forwarder.close();
    },
  };
}

/** Returns the org's URL for a browser's request; local origins in its query become those of the org. */
function urlOf({ path, search, incoming }: Exchange, origins: UpstreamOrigins, { login }: Target): string {
  const origin = origins.upstreamOf(incoming.socket.localPort ?? 0) ?? login;
  return origin + path + (search === '' ? '' : `?${origins.toUpstream(search)}`);
}

const unnamedText = (hostname: string): string =>
  `The org answered with a URL of ${hostname.slice(0, 253)}, which --upstream does not name. The client calls it directly, and those calls are not recorded. To record them, name it too: --upstream LOGIN_URL,https://${hostname.slice(0, 253)}`;
