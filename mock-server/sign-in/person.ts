/** Keeps the signed-in user of a host in a browser. The cookie is signed, names its host (cookies ignore ports), and expires by the mock's
 * clock. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { USER_NAME } from '../salesforce/org.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';

/** Default session timeout of an org. */
const LIFETIME_MS = 7_200_000;

type PersonContext = Pick<MockContext, 'host' | 'clock' | 'switches' | 'cookieKey'>;

const nameOf = ({ host }: PersonContext) => `sfmock_person_${host}`;
const signature = (name: string, value: string, { cookieKey }: PersonContext) =>
  createHmac('sha256', cookieKey).update(`${name}=${value}`).digest('base64url');

/** Returns the name of the signed-in user; undefined when there is none or the session has expired. */
export function personAt(exchange: Exchange, context: PersonContext): string | undefined {
  if (!context.switches.browserSessions) return undefined;
  const name = nameOf(context);
  const value = cookieOf(exchange, name);
  if (!same(cookieOf(exchange, `${name}.sig`), signature(name, value, context))) return undefined;
  const [, since, user = ''] = /^(\d{1,16})\.(.{1,400})$/.exec(value) ?? [];
  const person = decoded(user);
  return USER_NAME.test(person) && context.clock() - Number(since) < LIFETIME_MS ? person : undefined;
}

/** Returns the cookies that keep a user signed in; none where the switch for it is off. */
export function signedIn(user: string, context: PersonContext): readonly string[] {
  if (!context.switches.browserSessions) return [];
  return cookies(`${String(Math.floor(context.clock()))}.${encodeURIComponent(user)}`, '', context);
}

/** Returns the cookies that sign a user out. */
export const signedOut = (context: PersonContext): readonly string[] =>
  cookies('', ' expires=Thu, 01 Jan 1970 00:00:00 GMT;', context);

function cookies(value: string, expires: string, context: PersonContext): readonly string[] {
  const name = nameOf(context);
  const attributes = `; path=/;${expires} samesite=lax; httponly`;
  return [`${name}=${value}${attributes}`, `${name}.sig=${signature(name, value, context)}${attributes}`];
}

/** Returns the value of a cookie; the empty text when it is absent. */
function cookieOf({ header }: Exchange, name: string): string {
  const pairs = header('Cookie')
    .split(';')
    .map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
