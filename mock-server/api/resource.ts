/** Defines resources: their answers to valid, missing and expired sessions. */
import { TEXTS } from '../salesforce/denial.ts';
import { browserId } from '../salesforce/headers.ts';
import type { MockContext } from '../context.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { findAccessToken } from '../recorder/measure/resource.ts';
import { json, withHeaders, type Reply } from '../reply.ts';
import { sentSession, type Session } from './session.ts';

/** A request to a resource, and the context of its host. */
export interface ResourceRequest {
  readonly exchange: Exchange;
  readonly context: MockContext;
}

/** An API or another resource that needs a session. */
export interface Resource {
  /** Answers a request with a valid session. */
  serve(session: Session, request: ResourceRequest): Reply;
  /** Answers a request whose session is missing (`raw` null) or expired. */
  deny(raw: string | null, request: ResourceRequest): Reply;
  /** Answers without a session; undefined or absent when one is needed. */
  readonly open?: (request: ResourceRequest) => Reply | undefined | Promise<Reply | undefined>;
}

const CACHING = { 'Cache-Control': 'no-cache,must-revalidate,max-age=0,no-store,private' };

/** Returns the endpoint of a resource, which may depend on the path. */
export const resourceEndpoint = (chosen: Resource | ((path: string) => Resource)): Endpoint => ({
  async answer(exchange, context) {
    const resource = typeof chosen === 'function' ? chosen(exchange.path) : chosen;
    return withHeaders(await answerResource({ exchange, context }, resource), { ...CACHING, ...browserId() });
  },
  arrival(exchange, { redactor }) {
    const raw = findAccessToken(exchange)?.raw;
    return { target: 'resource', token: raw === undefined ? undefined : redactor.label('AT', raw).label };
  },
});

async function answerResource(request: ResourceRequest, resource: Resource): Promise<Reply> {
  const { raw, session, nonce } = await sentSession(request.exchange, request.context);
  const answered = { gates: ['resource-answer'] } as const;
  const opened = resource.open && (await resource.open(request));
  if (opened !== undefined) return { ...opened, ...answered };
  if (session !== undefined) return { ...resource.serve(session, request), ...answered };
  if (nonce !== undefined) return { ...useNonce(nonce), ...answered };
  return { ...resource.deny(raw, request), gates: ['resource-denied', 'resource-answer'] };
}

/** Returns the challenge of a resource server (RFC 9449 §9), with the status that the Mobile SDKs expect. */
function useNonce(nonce: string): Reply {
  const [error, text] = TEXTS['dpop-nonce'];
  return json(400, { error, error_description: text }, { 'DPoP-Nonce': nonce });
}
