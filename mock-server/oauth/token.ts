/** The token endpoint (RFC 6749 §3.2): gates and faults, the policy, then the grant. */
import type { Context } from 'koa';
import { writeAnswer } from '../salesforce/token-answer.ts';
import { refuseToken } from '../salesforce/refusal.ts';
import { checkProof, type ProofCheck } from '../dpop/token-request.ts';
import type { MockContext } from '../context.ts';
import { judgeToken } from '../policy/policy.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { measureClient } from '../recorder/measure-client.ts';
import { clientAssertion } from './assertion.ts';
import { startAtDevice } from './device-start.ts';
import { refused, refusedAs, type Grant, type GrantRequest, type Refused } from './grant.ts';
import { denialForRepeated, grantOf, parameterOf } from './token-request.ts';

/** Gates and faults know code exchanges and refreshes. A request that names no known grant counts as a code exchange. */
function targetOf(grant: Grant | undefined): 'refresh' | 'code' | undefined {
  if (grant?.names[0] === 'refresh_token') return 'refresh';
  return grant === undefined || grant.names[0] === 'authorization_code' ? 'code' : undefined;
}

/** Answers `POST /services/oauth2/token`. */
export async function token(ctx: Context, exchange: Exchange, context: MockContext): Promise<void> {
  const grant = grantOf(exchange);
  if (grant === undefined && ctx.method === 'POST' && parameterOf(exchange, 'response_type') === 'device_code') {
    await startAtDevice(ctx, exchange, context);
    return;
  }
  const target = targetOf(grant);
  const refresh = target === 'refresh';
  const sent = refresh ? parameterOf(exchange, 'refresh_token') : null;
  const label = sent === null ? undefined : context.redactor.label('RT', sent).label;

  if (target !== undefined) {
    await context.gates.pass(refresh ? 'refresh-request' : 'code-request', exchange, label);
    if (await context.faults.before(target, exchange, ctx)) return;
  }

  const checked = await checkRequest(ctx, exchange, grant, context);
  if (checked.kind === 'refused' && sent !== null) noteRefusal(exchange, sent, context);
  const result = checked.kind === 'refused' ? checked : await checked.grant.decide(checked.request, context);
  if (result.kind === 'refused') {
    refuseToken(ctx, exchange, result.denial);
  } else {
    exchange.issued = result.issued;
    writeAnswer(ctx, result.answer, parameterOf(exchange, 'format'));
    if (typeof ctx.body === 'string' && ctx.body.startsWith('{')) {
      exchange.made = { text: ctx.body, fields: result.answer };
    }
  }
  if (refresh)
    await context.gates.pass(result.kind === 'refused' ? 'refresh-refusal' : 'refresh-answer', exchange, label);
  if (target !== undefined) await context.faults.after(target, exchange, ctx);
}

type Checked = Refused | { readonly kind: 'allowed'; readonly grant: Grant; readonly request: GrantRequest };

/** Asks everything that may refuse a request before its grant looks at codes and tokens. */
async function checkRequest(
  ctx: Context,
  exchange: Exchange,
  grant: Grant | undefined,
  context: MockContext,
): Promise<Checked> {
  const { facts, form } = exchange;
  if (ctx.method !== 'POST') return refused('use-post');
  if (facts.kind !== 'token' || grant === undefined) return refused('grant-type');
  const { app, switches } = context;
  const mode = context.mode();
  const parameter = (name: string) => parameterOf(exchange, name) ?? '';
  const assertion = facts.auth.assertion ? await clientAssertion(form, context) : undefined;
  // Measured anew: the secret may have been changed while the request was held.
  const auth = measureClient({ ...exchange, headers: [['Authorization', ctx.get('Authorization')]] }, app);
  const denied = judgeToken(
    { ...facts, auth, grantType: grant.names[0] },
    { app, mode, switches, grant, scope: parameterOf(exchange, 'scope'), ...(assertion && { assertion }) },
  );
  if (denied !== undefined) return refusedAs(denied);
  const proof = await checkProofOf(ctx, grant, parameter, context);
  if (proof.kind === 'refused') return proof;
  const repeated = denialForRepeated(exchange, grant, mode);
  if (repeated !== undefined) return refusedAs(repeated);
  const request: GrantRequest = {
    grantType: parameter('grant_type'),
    parameter,
    provenKey: proof.jkt,
    rotates: exchange.rotate !== false,
    address: ctx.req.socket.remoteAddress,
    exchange,
  };
  return { kind: 'allowed', grant, request };
}

/** Checks the DPoP proof of a grant that has one. */
async function checkProofOf(
  ctx: Context,
  { boundKey, bindsKey: binds = false }: Grant,
  parameter: GrantRequest['parameter'],
  context: MockContext,
): Promise<ProofCheck> {
  if (context.switches.dpop === 'off' || boundKey === undefined) return { kind: 'accepted', jkt: undefined };
  return checkProof(ctx, { binds, expected: await boundKey({ parameter }, context) }, context);
}

/** Writes down that a refresh was refused before its token was looked at. */
function noteRefusal({ facts, number }: Exchange, refreshToken: string, { record, redactor }: MockContext): void {
  const { family } = (facts.kind === 'token' ? facts.refreshToken : null) ?? { family: null };
  const presented = redactor.label('RT', refreshToken);
  record({ kind: 'rotation', exchange: number, family, presented, outcome: 'refused' });
}
