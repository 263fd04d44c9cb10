/** Sends requests on to the org: over verified TLS, on connections that are kept, with timeouts of its own. It never sends a request twice. */
import { rootCertificates } from 'node:tls';
import type { Readable } from 'node:stream';
import { Agent } from 'undici';

/** Durations in milliseconds. */
export interface ForwardTimeouts {
  readonly connectMs: number;
  /** From the end of the request to the headers of the answer. The platform ends requests after 120 s. */
  readonly headersMs: number;
  /** Between two pieces of a body. */
  readonly bodyMs: number;
}

/** The time limits of a forwarded request. */
export const TIMEOUTS: ForwardTimeouts = { connectMs: 10_000, headersMs: 130_000, bodyMs: 130_000 };

export interface OutgoingRequest {
  /** Origin of the org. */
  readonly origin: string;
  readonly method: string;
  /** Path and query, raw. */
  readonly target: string;
  /** Names and values in turn, without `Host`. */
  readonly headers: string[];
  readonly body: Buffer | Readable | null;
}

export interface OrgAnswer {
  readonly status: number;
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[];
  readonly body: Readable;
}

export interface Forwarder {
  /** Rejects when there was no answer. Redirects are not followed. */
  send(outgoing: OutgoingRequest): Promise<OrgAnswer>;
  close(): Promise<void>;
}

/**
 * Returns a forwarder without a connection.
 *
 * @param ca PEM of an authority that is trusted besides the usual ones
 */
export function createForwarder(ca?: string, timeouts: ForwardTimeouts = TIMEOUTS): Forwarder {
  const agent = new Agent({
    connect: {
      timeout: timeouts.connectMs,
      // Also where the environment says otherwise.
      rejectUnauthorized: true,
      ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    },
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.bodyMs,
    // One request at a time on a connection: an answer that is late delays no other.
    pipelining: 1,
  });
  return {
    async send({ origin, method, target, headers, body }) {
      // Not through the function `request`, which would normalize the path.
      const answer = await agent.request({
        ...{ origin, path: target, headers, body, responseHeaders: 'raw' as const },
        method: method,
      });
      return {
        status: answer.statusCode,
        rawHeaders: answer.headers as unknown as readonly string[],
        body: answer.body,
      };
    },
    close: () => agent.destroy(),
  };
}
