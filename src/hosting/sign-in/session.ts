/** Browsers that are signed in: each has a token of its own in a cookie, however it came in. */
import type { Store } from '../store/store.ts';
import type { Principal } from '../store/store.ts';

/** How long a browser stays signed in, in milliseconds. */
const SESSION_MS = 12 * 3_600_000;
/** How long a sign-in at an issuer may take, in seconds. */
const ATTEMPT_S = 600;

/** Returns the name of the cookie of a session, which is bound to this origin by its prefix; that needs HTTPS (RFC 6265bis). */
export const cookieName = (origin: string): string =>
  origin.startsWith('https:') ? '__Host-sf-conformance' : 'sf-conformance';

/** Returns the cookie of a signed-in browser; `value` empty: takes it away. */
export const sessionCookie = (origin: string, value: string): string =>
  cookie(origin, `${cookieName(origin)}=${value}`, 'Strict', value === '' ? 0 : SESSION_MS / 1_000);

/** Returns the name of the cookie of a sign-in at an issuer. */
export const attemptName = (origin: string): string => `${cookieName(origin)}-sign-in`;

/** Returns the cookie of a sign-in at an issuer. It comes back from there, so it cannot be as strict. */
export const attemptCookie = (origin: string, attempt: object): string =>
  cookie(
    origin,
    `${attemptName(origin)}=${Buffer.from(JSON.stringify(attempt)).toString('base64url')}`,
    'Lax',
    ATTEMPT_S,
  );

function cookie(origin: string, pair: string, sameSite: 'Strict' | 'Lax', ageS: number): string {
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  return `${pair}; Path=/; HttpOnly; SameSite=${sameSite}; Max-Age=${String(ageS)}${secure}`;
}

/** Creates the token of a browser, which ends with what let it in. @param by id of a token or sign-in rule; @param who as the audit log names it */
export async function openSession(
  store: Store,
  { organisation, scopes, by, who }: Pick<Principal, 'scopes'> & { organisation: string; by: string; who?: string },
): Promise<string> {
  const expiresAt = new Date(Date.now() + SESSION_MS);
  const session = await store.createToken({ organisation, scopes, expiresAt, name: `browser session of ${by}` });
  await store.of(organisation).audit(by, 'sign in', who === undefined ? session.id : `${session.id} of ${who}`);
  return session.token;
}
