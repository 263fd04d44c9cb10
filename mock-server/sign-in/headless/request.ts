/** Reads a first headless request: JSON by POST, with a reCAPTCHA token or an access token that identifies the sender. */
import { refusal, type Denial } from '../../salesforce/denial.ts';
import { USER_NAME } from '../../salesforce/org.ts';
import type { MockContext } from '../../context.ts';
import type { Exchange } from '../../recorder/exchange.ts';
import { jsonOf } from '../../api/rest/api-call.ts';
import { sentSession } from '../../api/session.ts';
import type { Method } from './waiting.ts';

/** Fields of a headless request. */
export type Fields = Readonly<Record<string, unknown>>;

/** The result of reading a headless request. */
export type Read =
  { readonly kind: 'read'; readonly fields: Fields } | { readonly kind: 'refused'; readonly denial: Denial };

/** Reads the body of a headless request. */
export function readHeadless({ method, rawBody }: Exchange): Read {
  if (method !== 'POST') return { kind: 'refused', denial: refusal('use-post') };
  const fields = jsonOf(rawBody);
  return fields === undefined ? { kind: 'refused', denial: refusal('headless-body') } : { kind: 'read', fields };
}

/** Resolves with the denial of a first request that lacks what the site requires; undefined when nothing is missing. */
export async function guard(
  { exchange, fields, scope }: { readonly exchange: Exchange; readonly fields: Fields; readonly scope: string },
  context: MockContext,
): Promise<Denial | undefined> {
  if (context.switches.headlessGuard === 'token') {
    const { session } = await sentSession(exchange, context);
    const allowed = session?.family.scopes.some((one) => one === scope || one === 'full') === true;
    return allowed ? undefined : { ...refusal('headless-token'), status: 401 };
  }
  const { recaptcha, recaptchaevent: event } = fields;
  const token = typeof event === 'object' && event !== null && 'token' in event ? event.token : recaptcha;
  return typeof token === 'string' && token !== '' ? undefined : refusal('headless-guard');
}

/** Returns whether a value is a way to send one-time passwords: `email` or `sms`. */
export const isMethod = (value: unknown): value is Method => value === 'email' || value === 'sms';

/** Returns whether a value can be a username of the mock. */
export const isUsername = (value: unknown): value is string => typeof value === 'string' && USER_NAME.test(value);
