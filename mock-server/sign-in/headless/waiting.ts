/** Keeps headless requests that wait for their one-time password: the user, and the chosen password. */
import { createHash, randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import type { MockContext } from '../../context.ts';
import { MOCK_PASSWORD } from '../../salesforce/org.ts';

/** Purpose of a one-time password. */
export type Purpose = 'user-registration' | 'passwordless-login' | 'forgot-password';

/** How a one-time password is sent: `email` or `sms`. */
export type Method = 'email' | 'sms';

/** Lifetime of a one-time password in seconds. */
const LIFETIME_SECONDS = 600;
/** Most attempts; the default of an Experience site (Headless Identity implementation guide). */
const MOST_TRIES = 5;
const LONGEST_PASSWORD = 1_024;
/** Seconds for which chosen passwords are kept: longer than any run. */
const PASSWORD_SECONDS = 86_400;
/** Cost of hashing; low, because passwords of a mock have little value and registrations should be fast. */
const COST = { N: 1_024 };

interface Waiting {
  readonly purpose: Purpose;
  readonly username: string;
  readonly startedAt: number;
  readonly tries: number;
  /** How the one-time password was sent; absent for a reset. */
  readonly method?: Method;
  /** The hashed password of a registration. */
  readonly password?: string;
  readonly [name: string]: unknown;
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/** Stores a request; resolves with its identifier. */
export async function beginWaiting(
  { password, ...request }: Pick<Waiting, 'purpose' | 'username' | 'method'> & { readonly password?: string },
  { models, clock }: MockContext,
): Promise<string> {
  const { purpose, username } = request;
  // A password reset names only the user in its second request.
  const identifier = purpose === 'forgot-password' ? username.toLowerCase() : randomBytes(24).toString('base64url');
  const sealed = password === undefined ? {} : { password: await seal(password) };
  const waiting: Waiting = { ...request, startedAt: clock(), tries: 0, ...sealed };
  await models.put('Headless', keyOf(purpose, identifier), waiting, LIFETIME_SECONDS + 1);
  return identifier;
}

/** A one-time password that a client sent. */
export interface SentPassword {
  readonly purpose: Purpose;
  /** Identifier of the request; for a reset the username. */
  readonly identifier: string;
  readonly otp: string;
  /** How it was sent, according to the client. */
  readonly method?: string;
}

/** Resolves with the request of a one-time password, which works once. */
export async function finishWaiting(
  { purpose, identifier, otp, method }: SentPassword,
  { models, clock, switches }: MockContext,
): Promise<{ readonly username: string; readonly password?: string } | undefined> {
  const key = keyOf(purpose, purpose === 'forgot-password' ? identifier.toLowerCase() : identifier);
  const waiting = (await models.get('Headless', key)) as Waiting | undefined;
  if (waiting === undefined || clock() - waiting.startedAt >= LIFETIME_SECONDS * 1000) return undefined;
  if (otp !== switches.oneTimePassword || method !== waiting.method) {
    const tries = waiting.tries + 1;
    if (tries >= MOST_TRIES) await models.remove('Headless', key);
    else await models.put('Headless', key, { ...waiting, tries }, LIFETIME_SECONDS + 1);
    return undefined;
  }
  await models.remove('Headless', key);
  return waiting;
}

const keyOf = (purpose: Purpose, identifier: string) => digest(`${purpose} ${identifier}`);
const userKey = (username: string) => digest(username.toLowerCase());

/** Stores a password: one that `finishWaiting` returned, or a plain one, which is hashed first. */
export async function setPassword(
  username: string,
  password: { readonly sealed: string } | { readonly plain: string },
  { models }: MockContext,
): Promise<void> {
  const hash = 'sealed' in password ? password.sealed : await seal(password.plain);
  await models.put('HeadlessPassword', userKey(username), { hash }, PASSWORD_SECONDS);
}

/** Resolves with whether it is the user's password: the chosen one, or else the mock's. */
export async function isPassword(username: string, given: string, { models }: MockContext): Promise<boolean> {
  const kept = (await models.get('HeadlessPassword', userKey(username)))?.['hash'];
  if (typeof kept !== 'string') return given === MOCK_PASSWORD;
  const [salt = '', hash = ''] = kept.split('.');
  return timingSafeEqual(Buffer.from(hash, 'base64url'), await derive(given, Buffer.from(salt, 'base64url')));
}

/** Returns whether a password can be stored: not empty, and short enough to hash. */
export const isUsable = (password: string): boolean => password !== '' && password.length <= LONGEST_PASSWORD;

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)(password.slice(0, LONGEST_PASSWORD), salt, 32, COST);

async function seal(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString('base64url')}.${(await derive(password, salt)).toString('base64url')}`;
}
