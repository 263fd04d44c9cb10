/** How the resource server answers: gates and faults around whatever a route says. */
import type { Context } from 'koa';
import { TEXTS } from '../salesforce/denial.ts';
import { browserId } from '../salesforce/headers.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { presentedSession, type Session } from './session.ts';

export interface Reply {
  readonly status: number;
  /** Default `application/json;charset=UTF-8`. */
  readonly type?: string;
  /** JSON unless it is text; absent: none. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ResourceRequest {
  readonly ctx: Context;
  readonly exchange: Exchange;
  readonly parts: MockContext;
}

export interface Resource {
  /** What a live session is given. */
  serve(session: Session, request: ResourceRequest): Reply;
  /** What a missing (`raw` null) or dead session is given. */
  deny(raw: string | null, request: ResourceRequest): Reply;
  /** What is given without any session; undefined (or absent) where one is needed. */
  readonly open?: (request: ResourceRequest) => Reply | undefined | Promise<Reply | undefined>;
}

/** Answers one resource request. */
export async function answerResource(request: ResourceRequest, resource: Resource): Promise<void> {
  const { ctx, exchange, parts } = request;
  if (await parts.faults.before('resource', exchange, ctx)) return;
  const { raw, session, nonce } = await presentedSession(ctx, exchange, parts);
  const label = raw === null ? undefined : parts.redactor.label('AT', raw).label;

  const opened = resource.open && (await resource.open(request));
  if (opened !== undefined) write(ctx, opened);
  else if (session !== undefined) write(ctx, resource.serve(session, request));
  else if (nonce !== undefined) write(ctx, useNonce(nonce));
  else {
    write(ctx, resource.deny(raw, request));
    await parts.gates.pass('resource-denied', exchange, label);
  }
  await parts.gates.pass('resource-answer', exchange, label);
  await parts.faults.after('resource', exchange, ctx);
}

/** The challenge of a resource server (RFC 9449 §9), with the status that the Mobile SDKs expect. */
function useNonce(nonce: string): Reply {
  const [error, text] = TEXTS['dpop-nonce'];
  return { status: 400, body: { error, error_description: text }, headers: { 'DPoP-Nonce': nonce } };
}

function write(ctx: Context, { status, type, body, headers }: Reply): void {
  ctx.set('Cache-Control', 'no-cache,must-revalidate,max-age=0,no-store,private');
  browserId(ctx);
  if (headers !== undefined) ctx.set(headers);
  ctx.status = status;
  if (body === undefined) return;
  ctx.type = type ?? 'application/json;charset=UTF-8';
  ctx.body = typeof body === 'string' ? body : JSON.stringify(body);
}
