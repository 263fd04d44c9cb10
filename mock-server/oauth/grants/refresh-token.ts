/** Refreshes tokens (RFC 6749 §6) with rotation. token-families/decide.ts decides on the refresh token. */
import type { Rotation } from '../../../src/history/event.ts';
import { refusal, type Denial } from '../../salesforce/denial.ts';
import type { RefreshTokenClaims } from '../../salesforce/token-claims.ts';
import type { MockContext } from '../../context.ts';
import { outsideAllowlist } from '../../policy/ip-allowlist.ts';
import type { Exchange } from '../../recorder/exchange.ts';
import { takeApp } from '../../token-families/app-lock.ts';
import { countRotation } from '../../token-families/approvals.ts';
import { decide, inFlight, released, type Decision } from '../../token-families/decide.ts';
import { revoked, type FamilyRecord } from '../../token-families/family.ts';
import type { Preset } from '../../token-families/preset.ts';
import { refusedAs, type Grant, type GrantRequest, type GrantResult } from '../grant.ts';
import { issueTokens } from '../issue-tokens.ts';

export default {
  names: ['refresh_token', 'hybrid_refresh'],
  parameters: ['refresh_token'],
  boundKey: async ({ parameter }, { tokenCodec, tokenFamilies }) => {
    const claims = tokenCodec.readRefreshToken(parameter('refresh_token'));
    return claims === null ? undefined : (await tokenFamilies.read(claims.family))?.jkt;
  },
  decide: refresh,
} satisfies Grant;

interface Verdict {
  readonly decision: Decision;
  /** The record as stored after the decision. */
  readonly family: FamilyRecord;
}

async function refresh(request: GrantRequest, context: MockContext): Promise<GrantResult> {
  const { exchange } = request;
  const raw = request.parameter('refresh_token');
  const claims = context.tokenCodec.readRefreshToken(raw);
  const denied =
    claims && (outsideAllowlist(request.address, context) ?? (await denialForUser(claims.family, context)));
  const free = takeApp(exchange, context);
  const verdict =
    claims && denied === undefined ? await decideOn(claims, { free, rotates: request.rotates }, context) : undefined;
  const outcome = verdict ? verdict.decision.outcome : denied ? 'refused' : 'unknown';
  const rotation: Rotation = {
    kind: 'rotation',
    exchange: exchange.number,
    family: verdict?.family.label ?? null,
    presented: context.redactor.label('RT', raw),
    outcome,
  };

  if (claims === null || !verdict || (outcome !== 'rotated' && outcome !== 'replayed')) {
    context.record(rotation);
    if (outcome === 'reuse' && verdict && context.switches.reuseRevokesUser) await revokeUser(verdict.family, context);
    return refusedAs(denied ?? denialFor(outcome, verdict?.family, context));
  }

  if (outcome === 'rotated') releaseWhenAnswered(exchange, claims, context);
  const { rotates } = presetOf(verdict.family, request.rotates, context);
  const result = await issueTokens(verdict.family, context, {
    rotates,
    hybrid: request.grantType === 'hybrid_refresh',
  });
  const { refreshToken } = result.issued;
  context.record(
    refreshToken === undefined ? rotation : { ...rotation, successor: context.redactor.label('RT', refreshToken) },
  );
  if (outcome === 'rotated' && rotates) await countRotation(verdict.family, context);
  return result;
}

/** Decides on a refresh token and stores the decision atomically. Resolves with undefined when its family is unknown.
 * @param free whether no other refresh of the app is in flight */
function decideOn(
  { family: id, generation }: RefreshTokenClaims,
  { free, rotates }: { readonly free: boolean; readonly rotates: boolean },
  context: MockContext,
): Promise<Verdict | undefined> {
  const { tokenFamilies, switches, clock } = context;
  return tokenFamilies.change<Verdict>(id, (family) => {
    const decided = decide(family, generation, presetOf(family, rotates, context), clock(), switches);
    const decision = free || decided.outcome !== 'rotated' ? decided : inFlight(family, switches);
    const changed = 'next' in decision ? decision.next : family;
    const fresh = decision.outcome === 'rotated' && switches.rotationEndsAccessTokens;
    const next = fresh ? { ...changed, accessFloor: changed.access, deadAccess: [] } : changed;
    return { next, result: { decision, family: next } };
  });
}

/** Returns the denial of a user who is not active. */
async function denialForUser(id: string, { tokenFamilies, userStatuses }: MockContext): Promise<Denial | undefined> {
  const family = userStatuses.good ? undefined : await tokenFamilies.read(id);
  return family && userStatuses.denial(family.user, 'token');
}

/** Returns the rotation preset: the app, a flow or a single answer may be without rotation. */
const presetOf = (family: FamilyRecord, rotates: boolean, { preset, rotation }: MockContext): Preset =>
  rotates && rotation() && family.rotates !== false ? preset : { ...preset, rotates: false };

/** Returns Salesforce's error for a refresh that was not granted. */
function denialFor(outcome: Rotation['outcome'], family: FamilyRecord | undefined, { switches }: MockContext): Denial {
  if (outcome === 'in-flight')
    return refusal(switches.inFlightText === 'expired authorization code' ? 'expired-code' : 'in-flight');
  const idle = family?.reason === 'expired' && switches.idleExpiryText === 'token validity expired';
  return refusal(idle ? 'token-validity' : 'dead-token');
}

/** Releases the lock when the successful answer has ended, delivered or not. */
function releaseWhenAnswered(
  exchange: Exchange,
  { family, generation }: RefreshTokenClaims,
  { tokenFamilies }: MockContext,
): void {
  void exchange.ended.then(() => {
    tokenFamilies.schedule(family, (current) => released(current, generation));
  });
}

async function revokeUser({ user, clientId }: FamilyRecord, { tokenFamilies }: MockContext): Promise<void> {
  for (const family of tokenFamilies.known().filter((one) => one.user === user && one.clientId === clientId)) {
    await tokenFamilies.change(family.id, (current) => ({ next: revoked(current, 'reuse'), result: undefined }));
  }
}
