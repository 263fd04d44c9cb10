/** Sends requests to the org: over verified TLS, on kept connections, with its own timeouts. Never sends a request twice. */
import { rootCertificates } from 'node:tls';
import type { Readable } from 'node:stream';
import { Agent } from 'undici';

/** Time limits in milliseconds. */
export interface ForwardTimeouts {
  readonly connectMs: number;
  /** From the end of the request to the headers of the answer. Salesforce ends requests after 120 s. */
  readonly headersMs: number;
  /** Between two pieces of a body. */
  readonly bodyMs: number;
}

/** The time limits of a forwarded request. */
export const TIMEOUTS: ForwardTimeouts = { connectMs: 10_000, headersMs: 130_000, bodyMs: 130_000 };

/** A request to the org. */
export interface OutgoingRequest {
  /** Origin of the org. */
  readonly origin: string;
  readonly method: string;
  /** Path and query, raw. */
  readonly target: string;
  /** Alternating names and values, without `Host`. */
  readonly headers: string[];
  readonly body: Buffer | Readable | null;
}

/** An answer of the org; its body is still arriving. */
export interface OrgAnswer {
  readonly status: number;
  /** Alternating names and values. */
  readonly rawHeaders: readonly string[];
  readonly body: Readable;
}

/** Connections to the org; made by `createForwarder`. */
export interface Forwarder {
  /** Sends a request. Rejects when there is no answer. Redirects are not followed. */
  send(outgoing: OutgoingRequest): Promise<OrgAnswer>;
  close(): Promise<void>;
}

/** Creates a forwarder without connections.
 * @param ca PEM certificate of an authority that is trusted in addition to the usual ones */
export function createForwarder(ca?: string, timeouts: ForwardTimeouts = TIMEOUTS): Forwarder {
  const agent = new Agent({
    connect: {
      timeout: timeouts.connectMs,
      // Even when the environment disables verification.
      rejectUnauthorized: true,
      ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    },
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.bodyMs,
    // One request at a time on a connection: a late answer delays no other.
    pipelining: 1,
  });
  return {
    async send({ origin, method, target, headers, body }) {
      // Not with the function `request`, which would normalize the path.
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
