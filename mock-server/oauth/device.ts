/** Keeps devices that wait for their user (the device flow in Salesforce's variant). Polling is a grant: `grants/device.ts`. */
import { createHash, randomBytes } from 'node:crypto';
import { appScopes, requestedScopes } from '../salesforce/scope.ts';
import { CONNECT } from '../salesforce/route.ts';
import { refusal, type Denial } from '../salesforce/denial.ts';
import type { MockContext } from '../context.ts';

/** Seconds between two polls. A device that polls sooner is asked to slow down. */
export const INTERVAL_SECONDS = 5;
/** Alphabet without letters and digits that look alike. */
const USER_CODE_ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ23456789';

/** A waiting device, as stored under `Device`. */
interface WaitingDevice {
  /** The user code. */
  readonly uid: string;
  readonly scopes: readonly string[];
  readonly startedAt: number;
  readonly answer: 'pending' | 'denied' | 'approved';
  readonly user?: string;
  readonly [name: string]: unknown;
}

const seconds = ({ switches }: MockContext) => Math.ceil(switches.deviceCodeMs / 1000) + 1;
const isOld = ({ startedAt }: WaitingDevice, { clock, switches }: MockContext) =>
  clock() - startedAt >= switches.deviceCodeMs;

/** Returns the id under which the device of a device code is stored. */
export const deviceId = (code: string) => createHash('sha256').update(code).digest('hex');

/** The result of `startDevice`. */
export type StartedDevice =
  | { readonly kind: 'started'; readonly answer: Readonly<Record<string, string | number>> }
  | { readonly kind: 'refused'; readonly denial: Denial };

/** Starts a device flow: the answer to `response_type=device_code`. */
export async function startDevice(scope: string | null, context: MockContext): Promise<StartedDevice> {
  if (!context.switches.deviceFlow) return { kind: 'refused', denial: refusal('flow-disabled') };
  const allowed = appScopes(context.switches.appScopes);
  const scopes = requestedScopes(scope, allowed);
  if (!scopes.every((name) => allowed.includes(name))) return { kind: 'refused', denial: refusal('scope') };
  const code = randomBytes(42).toString('base64').replaceAll('+', '.').replaceAll('/', '_');
  const letters = Array.from(randomBytes(8), (byte) => USER_CODE_ALPHABET[byte % USER_CODE_ALPHABET.length] ?? 'B');
  const waiting: WaitingDevice = { uid: letters.join(''), scopes, startedAt: context.clock(), answer: 'pending' };
  const id = deviceId(code);
  await context.models.put('Device', id, { ...waiting, id }, seconds(context));
  const verification = { verification_uri: context.issuer + CONNECT, interval: INTERVAL_SECONDS };
  return { kind: 'started', answer: { device_code: code, user_code: waiting.uid, ...verification } };
}

/** Finds the device of a typed user code; undefined when the code is unknown, expired or answered. */
export async function waitingDevice(
  userCode: string,
  context: MockContext,
): Promise<{ readonly scopes: readonly string[] } | undefined> {
  const waiting = (await context.models.byUid('Device', userCode.toUpperCase())) as WaitingDevice | undefined;
  return waiting?.answer === 'pending' && !isOld(waiting, context) ? waiting : undefined;
}

/** Stores the user's answer.
 * @param user the approving user; undefined: the user denies */
export async function answerDevice(userCode: string, user: string | undefined, context: MockContext): Promise<void> {
  const waiting = (await context.models.byUid('Device', userCode.toUpperCase())) as WaitingDevice | undefined;
  if (waiting?.answer !== 'pending') return;
  const answer = user === undefined ? ({ answer: 'denied' } as const) : ({ answer: 'approved', user } as const);
  await context.models.put('Device', String(waiting['id']), { ...waiting, ...answer }, seconds(context));
}

/** The result of one poll of a device. */
export type DevicePoll =
  | { readonly kind: 'unknown' | 'expired' | 'denied' | 'too-soon' | 'pending' }
  | { readonly kind: 'approved'; readonly user: string; readonly scopes: readonly string[] };

/** Looks up a device for one poll, and remembers the time of the poll. */
export async function pollDevice(id: string, context: MockContext): Promise<DevicePoll> {
  const { models, clock } = context;
  const waiting = (await models.get('Device', id)) as WaitingDevice | undefined;
  if (waiting === undefined) return { kind: 'unknown' };
  if (isOld(waiting, context)) return { kind: 'expired' };
  const last = (await models.get('DevicePoll', id))?.['at'];
  await models.put('DevicePoll', id, { at: clock() }, seconds(context));
  if (waiting.answer === 'denied') return { kind: 'denied' };
  if (typeof last === 'number' && clock() - last < INTERVAL_SECONDS * 1000) return { kind: 'too-soon' };
  const { answer, user, scopes } = waiting;
  return answer === 'pending' || user === undefined ? { kind: 'pending' } : { kind: 'approved', user, scopes };
}
