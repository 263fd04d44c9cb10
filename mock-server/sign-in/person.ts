/** Who is signed in at a host in a person's browser. The cookie is signed, names its host (cookies ignore ports), and ends by the mock's clock. */
import type { Context } from 'koa';
import { USER_NAME } from '../salesforce/org.ts';
import type { MockContext } from '../context.ts';

/** The default session timeout of an org. */
const LIFETIME_MS = 7_200_000;

type Place = Pick<MockContext, 'host' | 'clock' | 'switches'>;

const nameOf = ({ host }: Place) => `sfmock_person_${host}`;

/** Undefined where nobody is, or not any more. */
export function personAt(ctx: Context, place: Place): string | undefined {
  if (!place.switches.browserSessions) return undefined;
  const [, since, user = ''] =
    /^(\d{1,16})\.(.{1,400})$/.exec(ctx.cookies.get(nameOf(place), { signed: true }) ?? '') ?? [];
  const name = decoded(user);
  return USER_NAME.test(name) && place.clock() - Number(since) < LIFETIME_MS ? name : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** They stay signed in. */
export function rememberPerson(ctx: Context, user: string, place: Place): void {
  if (!place.switches.browserSessions) return;
  write(ctx, place, `${String(Math.floor(place.clock()))}.${encodeURIComponent(user)}`);
}

/** They have signed out. */
export function forgetPerson(ctx: Context, place: Place): void {
  write(ctx, place, null);
}

function write(ctx: Context, place: Place, value: string | null): void {
  ctx.cookies.set(nameOf(place), value, { signed: true, httpOnly: true, sameSite: 'lax', path: '/', overwrite: true });
}
