/** The token endpoint (RFC 6749 §3.2): gates and faults, our policy, oidc-provider's client authentication, our grants. */
import type { Context } from 'koa';
import { denial, refusal, type Denial } from '../dialect/denial.ts';
import { writeAnswer } from '../dialect/answer.ts';
import { refuseToken } from '../dialect/refusal.ts';
import { ROUTES } from '../dialect/route.ts';
import type { Parts } from '../parts.ts';
import { judgeToken } from '../policy/policy.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { forward, refusalOf } from './forward.ts';
import { outcomeOf } from './grant.ts';
import { GRANT_TYPES, tokenForm } from './token-form.ts';

/** Answers `POST /services/oauth2/token`. */
export async function token(ctx: Context, exchange: Exchange, parts: Parts): Promise<void> {
  const { form, query } = exchange;
  const grant = GRANT_TYPES.get(form.get('grant_type') ?? query.get('grant_type') ?? '');
  const refresh = grant?.name === 'refresh_token';
  const presented = refresh ? (form.get('refresh_token') ?? query.get('refresh_token')) : null;
  const label = presented === null ? undefined : parts.vault.label('RT', presented).label;

  await parts.gates.pass(refresh ? 'refresh-request' : 'code-request', exchange, label);
  if (await parts.faults.before(refresh ? 'refresh' : 'code', exchange, ctx)) return;

  const denied = judge(ctx, exchange, parts) ?? (await grantTokens(ctx, exchange, parts));
  if (denied !== undefined) {
    refuseToken(ctx, exchange, denied);
    if (refresh) await parts.gates.pass('refresh-refusal', exchange, label);
    if (presented !== null && outcomeOf(ctx) === undefined) {
      const { family } = (exchange.facts.kind === 'token' ? exchange.facts.refreshToken : null) ?? { family: null };
      const secret = parts.vault.label('RT', presented);
      parts.record({ kind: 'rotation', exchange: exchange.number, family, presented: secret, outcome: 'refused' });
    }
  } else if (refresh) {
    await parts.gates.pass('refresh-answer', exchange, label);
  }
  await parts.faults.after(refresh ? 'refresh' : 'code', exchange, ctx);
}

function judge(ctx: Context, exchange: Exchange, { app, mode, switches }: Parts): Denial | undefined {
  const { facts, form, query } = exchange;
  if (ctx.method !== 'POST') return refusal('use-post');
  const grant = GRANT_TYPES.get(form.get('grant_type') ?? query.get('grant_type') ?? '');
  if (facts.kind !== 'token' || grant === undefined) return refusal('grant-type');
  const scope = form.get('scope') ?? query.get('scope');
  return judgeToken({ ...facts, grantType: grant.name }, { app, mode: mode(), switches, scope });
}

/** Lets oidc-provider authenticate the client and call our grant; puts the answer on `ctx`. */
async function grantTokens(ctx: Context, exchange: Exchange, parts: Parts): Promise<Denial | undefined> {
  const { facts, form, query } = exchange;
  const grant = GRANT_TYPES.get(form.get('grant_type') ?? query.get('grant_type') ?? '');
  if (grant === undefined || facts.kind !== 'token') return refusal('grant-type');
  const received = { form, query, authorization: ctx.get('Authorization') };
  const inner = tokenForm(received, grant, facts, parts.app, parts.mode());
  await forward(ctx, parts.provider, { method: 'POST', url: ROUTES.token, form: inner });

  const outcome = outcomeOf(ctx);
  if (outcome?.kind === 'refused') return outcome.denial;
  if (outcome?.kind === 'granted') {
    exchange.issued = outcome.issued;
    writeAnswer(ctx, outcome.answer, form.get('format') ?? query.get('format'));
    return undefined;
  }
  const answered = refusalOf(ctx);
  if (answered?.error === 'invalid_client') {
    return denial('oidc-provider', 'client-credentials', { status: parts.switches.invalidClientStatus });
  }
  const { error, errorDescription } = answered ?? { error: 'server_error', errorDescription: 'unknown error' };
  return { status: answered ? ctx.status : 500, error, errorDescription };
}
