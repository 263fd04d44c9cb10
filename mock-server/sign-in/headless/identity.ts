/** Headless identity of an Experience site: registration, passwordless login and password reset, each begun by a POST of JSON
 * (Headless Identity implementation guide; Mobile SDK NativeLoginManager.kt). What follows is a login: `login.ts`. */
import { refusal, type Denial } from '../../salesforce/denial.ts';
import { NO_STORE } from '../../salesforce/headers.ts';
import { tokenRefusal } from '../../salesforce/refusal.ts';
import type { MockContext } from '../../context.ts';
import type { Exchange } from '../../recorder/exchange.ts';
import { json, type Reply } from '../../reply.ts';
import { guard, isMethod, isUsername, readHeadless, type Fields } from './request.ts';
import { beginWaiting, finishWaiting, isUsable, setPassword } from './waiting.ts';

/** An answer, or why there is none. */
type Outcome = { readonly answer: Readonly<Record<string, string>> } | { readonly denial: Denial };

type Work = (fields: Fields, parts: MockContext) => Promise<Outcome>;

const endpoint =
  (scope: string, isFirst: (fields: Fields) => boolean, work: Work) =>
  async (exchange: Exchange, parts: MockContext): Promise<Reply> => {
    const read = readHeadless(exchange);
    if (read.kind === 'refused') return tokenRefusal(exchange, read.denial);
    const { fields } = read;
    const denial = isFirst(fields) ? await guard({ exchange, fields, scope }, parts) : undefined;
    const outcome = denial === undefined ? await work(fields, parts) : { denial };
    return 'denial' in outcome ? tokenRefusal(exchange, outcome.denial) : json(200, outcome.answer, NO_STORE);
  };

/** `/services/auth/headless/init/registration` */
export const registration = endpoint(
  'user_registration_api',
  () => true,
  async ({ userdata, verificationmethod: method, ...fields }, parts) => {
    const user: Fields = typeof userdata === 'object' && userdata !== null ? { ...userdata } : {};
    const { username, email } = user;
    // The guide has the password beside the user data, the Mobile SDKs inside.
    const password = fields['password'] ?? user['password'];
    const complete = isUsername(username) && typeof email === 'string' && email.length <= 80 && email.includes('@');
    if (!complete || !isMethod(method)) return { denial: refusal('headless-registration') };
    if (password !== undefined && (typeof password !== 'string' || !isUsable(password)))
      return { denial: refusal('headless-registration') };
    const chosen = password === undefined ? {} : { password };
    const identifier = await beginWaiting({ purpose: 'user-registration', username, method, ...chosen }, parts);
    return { answer: { status: 'success', email, identifier } };
  },
);

/** `/services/auth/headless/init/passwordless/login`: every username is answered alike. */
export const passwordlessLogin = endpoint(
  'pwdless_login_api',
  () => true,
  async ({ username, verificationmethod: method }, parts) => {
    if (!isUsername(username) || !isMethod(method)) return { denial: refusal('headless-body') };
    const identifier = await beginWaiting({ purpose: 'passwordless-login', username, method }, parts);
    return { answer: { status: 'success', identifier } };
  },
);

/** `/services/auth/headless/forgot_password`: a first request without a one-time password, a second one with it. Every username is
 * answered alike, so that nobody learns who exists. */
export const forgotPassword = endpoint(
  'forgot_password',
  ({ otp }) => typeof otp !== 'string',
  async ({ username, otp, newpassword: password }, parts) => {
    if (!isUsername(username)) return { denial: refusal('headless-body') };
    if (typeof otp !== 'string') {
      await beginWaiting({ purpose: 'forgot-password', username }, parts);
      return { answer: { status_code: 'otp_sent' } };
    }
    if (typeof password !== 'string' || !isUsable(password)) return { denial: refusal('headless-body') };
    const done = await finishWaiting({ purpose: 'forgot-password', identifier: username, otp }, parts);
    if (done === undefined) return { denial: refusal('one-time-password') };
    await setPassword(username, { plain: password }, parts);
    return { answer: { status_code: 'success' } };
  },
);
