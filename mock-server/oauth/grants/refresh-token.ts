/** The refresh (RFC 6749 §6) with rotation: the whole of it can be read here and in decide.ts. */
import type { Context } from 'koa';
import type { TokenEndpointGrantContext } from 'oidc-provider';
import { refusal, type Denial } from '../../salesforce/denial.ts';
import { granted, setOutcome, type Outcome } from '../grant.ts';
import { hybridStyle } from '../../provider/hybrid.ts';
import type { Rotation } from '../../../src/history/event.ts';
import type { MockContext } from '../../context.ts';
import type { Exchange } from '../../recorder/exchange.ts';
import { outsideAllowlist } from '../../policy/ip-allowlist.ts';
import { sameSecret } from '../../recorder/measure-client.ts';
import { takeApp } from '../../token-families/app-lock.ts';
import { countRotation } from '../../token-families/approvals.ts';
import { decide, inFlight, released, type Decision } from '../../token-families/decide.ts';
import { revoked, type FamilyRecord } from '../../token-families/family.ts';
import type { Preset } from '../../token-families/preset.ts';

type GrantContext = TokenEndpointGrantContext<{ readonly refresh_token?: string }>;

/** The handler that oidc-provider calls once it knows the client. */
export const refreshGrant = (parts: MockContext) => async (ctx: GrantContext) => {
  setOutcome(ctx, await refresh(ctx, ctx.oidc.params.refresh_token ?? '', parts));
  ctx.body = {};
};

/**
 * Answers a refresh where oidc-provider would only check what is plain to see: one token of a known family without an id_token to sign, and a
 * client that is who it says. False: nothing was done, and oidc-provider is to be asked. A third of the time of a refresh.
 *
 * @param presented the refresh token, and the secret that the client is known by
 */
export async function refreshAtOnce(
  ctx: Context,
  { token, secret }: { readonly token: string; readonly secret: string | undefined },
  parts: MockContext,
): Promise<boolean> {
  const { app, tokenFamilies, tokenCodec } = parts;
  const mark = tokenCodec.readRefreshToken(token);
  if (mark === null) return false;
  const known = app.client === 'public' ? secret === undefined : sameSecret(secret, app.clientSecret);
  const family = known ? await tokenFamilies.read(mark.family) : undefined;
  if (family === undefined || family.scopes.includes('openid')) return false;
  // Only signing an id_token would need what oidc-provider adds to the context.
  setOutcome(ctx, await refresh(ctx as GrantContext, token, parts));
  return true;
}

interface Verdict {
  readonly decision: Decision;
  /** As it is stored after the decision. */
  readonly family: FamilyRecord;
}

async function refresh(ctx: GrantContext, raw: string, parts: MockContext): Promise<Outcome> {
  const { tokenFamilies, redactor, switches } = parts;
  const exchange = ctx.state['exchange'] as Exchange;
  const mark = parts.tokenCodec.readRefreshToken(raw);
  const barred =
    mark && (outsideAllowlist(ctx.req.socket.remoteAddress, parts) ?? (await denialForUser(mark.family, parts)));
  const free = takeApp(exchange, parts);
  const verdict =
    mark &&
    barred === undefined &&
    (await tokenFamilies.change<Verdict>(mark.family, (family) => {
      const preset = presetOf(family, exchange, parts);
      const decided = decide(family, mark.generation, preset, parts.clock(), switches);
      const decision = free || decided.outcome !== 'rotated' ? decided : inFlight(family, switches);
      const changed = 'next' in decision ? decision.next : family;
      const fresh = decision.outcome === 'rotated' && switches.rotationEndsAccessTokens;
      const next = fresh ? { ...changed, accessFloor: changed.access, deadAccess: [] } : changed;
      return { next, result: { decision, family: next } };
    }));

  const tell = (outcome: Rotation['outcome'], successor?: string) =>
    parts.record({
      kind: 'rotation',
      exchange: exchange.number,
      family: verdict ? verdict.family.label : null,
      presented: redactor.label('RT', raw),
      outcome,
      ...(successor !== undefined && { successor: redactor.label('RT', successor) }),
    });

  const outcome = verdict ? verdict.decision.outcome : barred ? 'refused' : 'unknown';
  if (mark === null || !verdict || (outcome !== 'rotated' && outcome !== 'replayed')) {
    tell(outcome);
    if (outcome === 'reuse' && verdict && switches.reuseRevokesUser) await revokeUser(verdict.family, parts);
    return { kind: 'refused', denial: barred ?? wordsFor(outcome, verdict ? verdict.family : undefined, parts) };
  }

  if (outcome === 'rotated') releaseWhenAnswered(exchange, mark, parts);
  const { rotates } = presetOf(verdict.family, exchange, parts);
  const answer = await granted(ctx, verdict.family, parts, rotates, hybridStyle(ctx, parts));
  tell(outcome, answer.kind === 'granted' ? answer.issued.refreshToken : undefined);
  if (outcome === 'rotated' && rotates) await countRotation(verdict.family, parts);
  return answer;
}

/** What is said to a user who is not in good standing. */
async function denialForUser(id: string, { tokenFamilies, userStatuses }: MockContext): Promise<Denial | undefined> {
  const family = userStatuses.good ? undefined : await tokenFamilies.read(id);
  return family && userStatuses.denial(family.user, 'token');
}

/** A fault may ask for one answer as of an app without rotation, and a family may be of a flow that has none. */
function presetOf(family: FamilyRecord, exchange: Exchange, { preset }: MockContext): Preset {
  return exchange.rotate === false || family.rotates === false ? { ...preset, rotates: false } : preset;
}

/** What is said of a refresh that was not granted. */
function wordsFor(outcome: Rotation['outcome'], family: FamilyRecord | undefined, { switches }: MockContext): Denial {
  if (outcome === 'in-flight')
    return refusal(switches.inFlightText === 'expired authorization code' ? 'expired-code' : 'in-flight');
  const idle = family?.reason === 'expired' && switches.idleExpiryText === 'token validity expired';
  return refusal(idle ? 'token-validity' : 'dead-token');
}

/** The lock lasts until the winner's answer has ended, delivered or not; whoever comes later waits for its release. */
function releaseWhenAnswered(
  exchange: Exchange,
  mark: { family: string; generation: number },
  { tokenFamilies }: MockContext,
): void {
  void exchange.ended.then(() => {
    tokenFamilies.schedule(mark.family, (family) => released(family, mark.generation));
  });
}

async function revokeUser({ user, clientId }: FamilyRecord, { tokenFamilies }: MockContext): Promise<void> {
  for (const family of tokenFamilies.known().filter((one) => one.user === user && one.clientId === clientId)) {
    await tokenFamilies.change(family.id, (current) => ({ next: revoked(current, 'reuse'), result: undefined }));
  }
}
