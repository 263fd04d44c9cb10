/** Public interface for programs that answer requests by other means, such as forwarding to a real org: the listeners, recorder, gates and
 * faults of the mock around the caller's endpoint. */
import Koa from 'koa';
import { answerAt, type Endpoint } from './endpoint.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import { createGates, type Gates } from './gates/gates.ts';
import { answerRequests } from './http/answer-requests.ts';
import { createAuthority } from './http/authority.ts';
import { writeCaFile } from './http/ca-file.ts';
import { listen, type Listener } from './http/listener.ts';
import { assertReachable } from './http/loopback.ts';
import { reportFailures } from './http/report-failure.ts';
import { noteRefused } from './http/unparsable-requests.ts';
import type { MockOptions } from './mock.ts';
import type { UpstreamRecording } from './recorder/recorder-options.ts';
import { createRecorder } from './recorder/recorder.ts';
import type { Exchange, TokenLookup } from './recorder/exchange.ts';
import { withHeaders, type Reply, type ReplyHeaders } from './reply.ts';

export { expiredSession } from './api/expired-session.ts';
export type { Arrival, Endpoint } from './endpoint.ts';
export { digestOf } from './recorder/correlation.ts';
export { endpointOf } from './recorder/endpoint.ts';
export type { Exchange, TokenLookup } from './recorder/exchange.ts';
export type { Issued } from './recorder/issued.ts';
export { findAccessToken } from './recorder/measure/resource.ts';
export { readBasic } from './recorder/measure/client.ts';
export { createBoundedMap, type BoundedMap } from './bounded-map.ts';
export { headerOf, json, redirect, text, type Reply, type ReplyHeaders } from './reply.ts';
export { corsHeaders } from './salesforce/headers.ts';

/** The context of a gateway's endpoint. */
export interface GatewayContext {
  readonly gates: Gates;
  readonly faults: Faults;
  /** Milliseconds since the run began. */
  readonly now: () => number;
}

/** The kinds of origin that a gateway opens. */
export type GatewayHost = 'login' | 'instance';

/** Options of `createGateway`. */
export interface GatewayOptions extends Pick<
  MockOptions,
  'host' | 'tls' | 'public' | 'app' | 'record' | 'now' | 'redactor' | 'correlation'
> {
  readonly tokens: TokenLookup;
  readonly recording: UpstreamRecording;
  readonly endpoint: Endpoint<GatewayContext>;
  /** Returns headers to add to an answer. */
  readonly addedHeaders: (exchange: Exchange, reply: Reply) => ReplyHeaders;
  readonly browserKey: string;
  /** Whether the login host is an Experience site, whose endpoints may be below a path. */
  readonly isSite: boolean;
}

/** A gateway with its recorder, gates and faults. */
export interface Gateway {
  readonly gates: Gates;
  readonly faults: Faults;
  /** PEM file of the authority that clients must trust; undefined without TLS. */
  readonly caFile: string | undefined;
  /** Opens another origin; resolves with it and its port.
   * @throws HarnessError `port-in-use`, `cannot-listen` */
  open(kind: GatewayHost, port: number): Promise<Pick<Listener, 'origin' | 'port'>>;
  /** While on, resets every connection to the login origins. */
  refuse(on: boolean): void;
  /** Number of exchanges that have begun and not ended. */
  readonly pending: number;
  /** See `Mock.quiet`. */
  quiet(quietMs: number): Promise<void>;
  close(): Promise<void>;
}

/** Creates a gateway without an open port. @throws HarnessError `not-loopback` */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { record, now, redactor, endpoint, recording } = options;
  const host = options.host ?? '127.0.0.1';
  assertReachable(host, options.public ?? false, 'mock');
  const gates = createGates({ record });
  const faults = createFaults({ record });
  const kinds = new Map<number, GatewayHost>();
  const listeners = new Map<number, Listener>();
  const complain = reportFailures(record, redactor);
  const recorder = createRecorder({
    ...{ record, now, redactor, correlation: options.correlation, app: options.app, browserKey: options.browserKey },
    ...{ tokens: options.tokens, upstream: recording },
    hostOf: ({ socket }) => {
      const kind = kinds.get(socket.localPort ?? 0);
      return kind === 'login' && options.isSite ? 'other' : (kind ?? 'other');
    },
    held: () => gates.held,
  });
  const context: GatewayContext = { gates, faults, now };
  const koa = new Koa();
  koa.silent = true;
  koa.on('error', complain);
  koa.use(
    answerRequests({
      recorder,
      answer: async (exchange, decided) => {
        const reply = await answerAt(endpoint, exchange, context, decided);
        return withHeaders(reply, options.addedHeaders(exchange, reply));
      },
      complain,
    }),
  );
  const handler = koa.callback();
  const authority = options.tls === true ? await createAuthority(host) : undefined;
  const file = authority && (await writeCaFile(authority.certificate));
  const credentials = authority && { cert: authority.serverCertificate, key: authority.serverKey };
  return {
    gates,
    faults,
    caFile: file?.path,
    async open(kind, port) {
      const listener = await listen((...exchange) => void handler(...exchange), host, port, credentials, {
        onRefused: noteRefused(record),
      });
      kinds.set(listener.port, kind);
      listeners.set(listener.port, listener);
      return listener;
    },
    refuse(on) {
      for (const [port, listener] of listeners) if (kinds.get(port) === 'login') listener.refuse(on);
    },
    get pending() {
      return recorder.open;
    },
    quiet: (quietMs) => recorder.quiet(quietMs),
    async close() {
      gates.reset();
      faults.reset();
      await Promise.all([...listeners.values()].map((one) => one.close()));
      await file?.remove();
    },
  };
}
