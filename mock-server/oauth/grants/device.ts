/** The device flow in Salesforce's variant (facts, section 2.4): started at the token endpoint, polled with `grant_type=device`. */
import { createHash, randomBytes } from 'node:crypto';
import type { TokenEndpointGrantContext } from 'oidc-provider';
import { appScopes, requestedScopes } from '../../salesforce/scope.ts';
import { CONNECT } from '../../salesforce/route.ts';
import { refusal, type Denial } from '../../salesforce/denial.ts';
import { granted, type Outcome } from '../grant.ts';
import type { MockContext } from '../../context.ts';
import { limitApprovals } from '../../token-families/approvals.ts';
import { beginFamily, refused, refusedAs } from './new-family.ts';

/** Seconds between two polls; who polls sooner is told to slow down. */
const INTERVAL = 5;
/** Without letters and digits that look alike. */
const USER_CODE_ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ23456789';

/** A device that waits for its person, as it is kept under `Device`. */
interface Waiting {
  /** The user code. */
  readonly uid: string;
  readonly scopes: readonly string[];
  readonly startedAt: number;
  readonly answer: 'pending' | 'denied' | 'approved';
  readonly user?: string;
  readonly [name: string]: unknown;
}

const digest = (code: string) => createHash('sha256').update(code).digest('hex');
const seconds = ({ switches }: MockContext) => Math.ceil(switches.deviceCodeMs / 1000) + 1;

export type Started =
  | { readonly kind: 'started'; readonly answer: Readonly<Record<string, string | number>> }
  | { readonly kind: 'refused'; readonly denial: Denial };

/** Starts a device flow: the answer of `response_type=device_code`. */
export async function startDevice(scope: string | null, parts: MockContext): Promise<Started> {
  if (!parts.switches.deviceFlow) return { kind: 'refused', denial: refusal('flow-disabled') };
  const allowed = appScopes(parts.switches.appScopes);
  const scopes = requestedScopes(scope, allowed);
  if (!scopes.every((name) => allowed.includes(name))) return { kind: 'refused', denial: refusal('scope') };
  const code = randomBytes(42).toString('base64').replaceAll('+', '.').replaceAll('/', '_');
  const letters = Array.from(randomBytes(8), (byte) => USER_CODE_ALPHABET[byte % USER_CODE_ALPHABET.length] ?? 'B');
  const waiting: Waiting = { uid: letters.join(''), scopes, startedAt: parts.clock(), answer: 'pending' };
  await parts.models.put('Device', digest(code), { ...waiting, id: digest(code) }, seconds(parts));
  const verification = { verification_uri: parts.issuer + CONNECT, interval: INTERVAL };
  return { kind: 'started', answer: { device_code: code, user_code: waiting.uid, ...verification } };
}

/** The device whose user code a person typed; undefined when it is unknown, too old or answered. */
export async function waitingDevice(
  userCode: string,
  parts: MockContext,
): Promise<{ readonly scopes: readonly string[] } | undefined> {
  const waiting = (await parts.models.byUid('Device', userCode.toUpperCase())) as Waiting | undefined;
  return waiting?.answer === 'pending' && !isOld(waiting, parts) ? waiting : undefined;
}

/** The person's answer; a user means yes. */
export async function answerDevice(userCode: string, user: string | undefined, parts: MockContext): Promise<void> {
  const waiting = (await parts.models.byUid('Device', userCode.toUpperCase())) as Waiting | undefined;
  if (waiting?.answer !== 'pending') return;
  const answer = user === undefined ? ({ answer: 'denied' } as const) : ({ answer: 'approved', user } as const);
  await parts.models.put('Device', String(waiting['id']), { ...waiting, ...answer }, seconds(parts));
}

/** One poll of the device. */
export async function device(
  ctx: TokenEndpointGrantContext<{ readonly code?: string }>,
  parts: MockContext,
): Promise<Outcome> {
  const { models, clock, switches } = parts;
  if (!switches.deviceFlow) return refused('flow-disabled');
  const id = digest(ctx.oidc.params.code ?? '');
  const waiting = (await models.get('Device', id)) as Waiting | undefined;
  if (waiting === undefined) return refused('device-code');
  if (isOld(waiting, parts)) return refused('device-expired');
  const last = (await models.get('DevicePoll', id))?.['at'];
  await models.put('DevicePoll', id, { at: clock() }, seconds(parts));
  if (waiting.answer === 'denied') return refused('device-denied');
  if (typeof last === 'number' && clock() - last < INTERVAL * 1000) return refused('slow-down');
  if (waiting.answer === 'pending' || waiting.user === undefined) return refused('authorization-pending');

  const barred = parts.userStatuses.denial(waiting.user, 'token');
  if (barred !== undefined) return refusedAs(barred);
  const refreshable = waiting.scopes.includes('refresh_token');
  const login = {
    ...{ id: id.slice(0, 16), user: waiting.user, scopes: waiting.scopes, refreshable },
    ...(!switches.deviceFlowRotates && { rotates: false as const }),
  };
  const family = await beginFamily(login, parts);
  // Somebody was faster, or it was used before.
  if (family === undefined) return refused('device-expired');
  await models.remove('Device', id);
  await limitApprovals(family, parts);
  return granted(ctx, family, parts, true);
}

const isOld = ({ startedAt }: Waiting, { clock, switches }: MockContext) =>
  clock() - startedAt >= switches.deviceCodeMs;
