/** The token endpoint (RFC 6749 §3.2): gates and faults, our policy, oidc-provider's client authentication, our grants. */
import type { Context } from 'koa';
import { denial, refusal, type Denial } from '../salesforce/denial.ts';
import { writeAnswer } from '../salesforce/token-answer.ts';
import { refuseToken } from '../salesforce/refusal.ts';
import { ROUTES } from '../salesforce/route.ts';
import { judgeProof, type Redeemed } from '../dpop/token-request.ts';
import { clientAssertion } from './grants/assertion.ts';
import type { MockContext } from '../context.ts';
import { judgeToken } from '../policy/policy.ts';
import { isSecretOptional } from '../policy/secret-of-confidential.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { refreshAtOnce } from './grants/refresh-token.ts';
import { startAtDevice } from './device-start.ts';
import { forward, refusalOf } from '../provider/forward.ts';
import { outcomeOf } from './grant.ts';
import { GRANT_TYPES, secretOf, tokenForm, valuesOf, type GrantType } from './token-form.ts';

const parameter = ({ form, query }: Exchange, name: string) => form.get(name) ?? query.get(name);
const grantOf = (exchange: Exchange) => GRANT_TYPES.get(parameter(exchange, 'grant_type') ?? '');

/** Gates and faults know code exchanges and refreshes; whatever names no other grant counts as the first. */
function targetOf(grant: GrantType | undefined): 'refresh' | 'code' | undefined {
  if (grant?.name === 'refresh_token') return 'refresh';
  return grant === undefined || grant.name === 'authorization_code' ? 'code' : undefined;
}

/** Answers `POST /services/oauth2/token`. */
export async function token(ctx: Context, exchange: Exchange, parts: MockContext): Promise<void> {
  const grant = grantOf(exchange);
  if (grant === undefined && ctx.method === 'POST' && parameter(exchange, 'response_type') === 'device_code') {
    await startAtDevice(ctx, exchange, parts);
    return;
  }
  const target = targetOf(grant);
  const refresh = target === 'refresh';
  const presented = refresh ? parameter(exchange, 'refresh_token') : null;
  const label = presented === null ? undefined : parts.redactor.label('RT', presented).label;

  if (target !== undefined) {
    await parts.gates.pass(refresh ? 'refresh-request' : 'code-request', exchange, label);
    if (await parts.faults.before(target, exchange, ctx)) return;
  }

  const denied = await answer(ctx, exchange, parts, grant);
  if (denied !== undefined) {
    refuseToken(ctx, exchange, denied);
    if (presented !== null && outcomeOf(ctx) === undefined) {
      const { family } = (exchange.facts.kind === 'token' ? exchange.facts.refreshToken : null) ?? { family: null };
      const secret = parts.redactor.label('RT', presented);
      parts.record({ kind: 'rotation', exchange: exchange.number, family, presented: secret, outcome: 'refused' });
    }
    if (refresh) await parts.gates.pass('refresh-refusal', exchange, label);
  } else if (refresh) {
    await parts.gates.pass('refresh-answer', exchange, label);
  }
  if (target !== undefined) await parts.faults.after(target, exchange, ctx);
}

/** Asks the policy, then grants. */
async function answer(
  ctx: Context,
  exchange: Exchange,
  parts: MockContext,
  grant: GrantType | undefined,
): Promise<Denial | undefined> {
  const { facts, form } = exchange;
  if (ctx.method !== 'POST') return refusal('use-post');
  if (facts.kind !== 'token' || grant === undefined) return refusal('grant-type');
  const { app, mode, switches } = parts;
  const assertion = facts.auth.assertion ? await clientAssertion(form, parts) : undefined;
  const scope = parameter(exchange, 'scope');
  const denied = judgeToken(
    { ...facts, grantType: grant.name },
    { app, mode: mode(), switches, scope, ...(assertion && { assertion }) },
  );
  if (denied !== undefined) return denied;
  const unproven = await judgeProof(ctx, redeemed(exchange, grant), parts);
  return unproven ?? grantTokens(ctx, exchange, parts, grant, assertion === 'proven');
}

/** What a proof of possession has to fit: only codes and refresh tokens are bound to keys. */
const redeemed = (exchange: Exchange, { name }: GrantType): Redeemed | undefined => {
  if (name === 'authorization_code') return { code: parameter(exchange, 'code') ?? '', refreshToken: null };
  return name === 'refresh_token' ? { code: null, refreshToken: parameter(exchange, 'refresh_token') } : undefined;
};

/** Lets oidc-provider authenticate the client and call our grant; puts the answer on `ctx`. */
async function grantTokens(
  ctx: Context,
  exchange: Exchange,
  parts: MockContext,
  grant: GrantType,
  proven: boolean,
): Promise<Denial | undefined> {
  const { facts, form, query } = exchange;
  if (facts.kind !== 'token') return refusal('grant-type');
  const received = { form, query, authorization: ctx.get('Authorization') };
  // An assertion counts where there is no secret (facts, section 4.3), and so does a setting that asks for none.
  const none = [facts.auth.body, facts.auth.basic, facts.auth.query].every((sent) => sent === 'absent');
  const excused = none && (proven || isSecretOptional(grant.name, parts.switches));
  const mode = parts.mode();
  const secret = secretOf(received, grant, facts, parts.app, mode, excused);
  const tokens = grant.name === 'refresh_token' ? valuesOf(received, 'refresh_token', mode) : [];
  if (tokens.length !== 1 || !(await refreshAtOnce(ctx, { token: tokens[0] ?? '', secret }, parts))) {
    const form = tokenForm(received, grant, parts.app, mode, secret);
    await forward(ctx, parts.provider, { method: 'POST', url: ROUTES.token, form });
  }

  const outcome = outcomeOf(ctx);
  if (outcome?.kind === 'refused') return outcome.denial;
  if (outcome?.kind === 'granted') {
    exchange.issued = outcome.issued;
    writeAnswer(ctx, outcome.answer, parameter(exchange, 'format'));
    if (typeof ctx.body === 'string' && ctx.body.startsWith('{')) {
      exchange.made = { text: ctx.body, fields: outcome.answer };
    }
    return undefined;
  }
  const refused = refusalOf(ctx);
  if (refused?.error === 'invalid_client') {
    return denial('oidc-provider', 'client-credentials', { status: parts.switches.invalidClientStatus });
  }
  const { error, errorDescription } = refused ?? { error: 'server_error', errorDescription: 'unknown error' };
  return { status: refused ? ctx.status : 500, error, errorDescription };
}
