/** Implements headless identity of an Experience site: registration, passwordless login and password reset, each begun by a POST of JSON
 * (Headless Identity implementation guide; Mobile SDK NativeLoginManager.kt). The following login is in `login.ts`. */
import { refusal, type Denial } from '../../salesforce/denial.ts';
import { NO_STORE } from '../../salesforce/headers.ts';
import { tokenRefusal } from '../../salesforce/refusal.ts';
import type { MockContext } from '../../context.ts';
import type { Exchange } from '../../recorder/exchange.ts';
import { json, type Reply } from '../../reply.ts';
import { guard, isMethod, isUsername, readHeadless, type Fields } from './request.ts';
import { beginWaiting, finishWaiting, isUsable, setPassword } from './waiting.ts';

/** An answer, or a denial. */
type IdentityResult = { readonly answer: Readonly<Record<string, string>> } | { readonly denial: Denial };

type Work = (fields: Fields, context: MockContext) => Promise<IdentityResult>;

const endpoint =
  (scope: string, isFirst: (fields: Fields) => boolean, work: Work) =>
  async (exchange: Exchange, context: MockContext): Promise<Reply> => {
    const read = readHeadless(exchange);
    if (read.kind === 'refused') return tokenRefusal(exchange, read.denial);
    const { fields } = read;
    const denial = isFirst(fields) ? await guard({ exchange, fields, scope }, context) : undefined;
    const outcome = denial === undefined ? await work(fields, context) : { denial };
    return 'denial' in outcome ? tokenRefusal(exchange, outcome.denial) : json(200, outcome.answer, NO_STORE);
  };

/** Answers `/services/auth/headless/init/registration`. */
export const registration = endpoint(
  'user_registration_api',
  () => true,
  async ({ userdata, verificationmethod: method, ...fields }, context) => {
    const user: Fields = typeof userdata === 'object' && userdata !== null ? { ...userdata } : {};
    const { username, email } = user;
    // The guide sends the password beside the user data, the Mobile SDKs inside.
    const password = fields['password'] ?? user['password'];
    const complete = isUsername(username) && typeof email === 'string' && email.length <= 80 && email.includes('@');
    if (!complete || !isMethod(method)) return { denial: refusal('headless-registration') };
    if (password !== undefined && (typeof password !== 'string' || !isUsable(password)))
      return { denial: refusal('headless-registration') };
    const chosen = password === undefined ? {} : { password };
    const identifier = await beginWaiting({ purpose: 'user-registration', username, method, ...chosen }, context);
    return { answer: { status: 'success', email, identifier } };
  },
);

/** Answers `/services/auth/headless/init/passwordless/login`, the same for every username. */
export const passwordlessLogin = endpoint(
  'pwdless_login_api',
  () => true,
  async ({ username, verificationmethod: method }, context) => {
    if (!isUsername(username) || !isMethod(method)) return { denial: refusal('headless-body') };
    const identifier = await beginWaiting({ purpose: 'passwordless-login', username, method }, context);
    return { answer: { status: 'success', identifier } };
  },
);

/** Answers `/services/auth/headless/forgot_password`: a first request without a one-time password, a second one with it. The answer is the
 * same for every username, so that it does not show which exist. */
export const forgotPassword = endpoint(
  'forgot_password',
  ({ otp }) => typeof otp !== 'string',
  async ({ username, otp, newpassword: password }, context) => {
    if (!isUsername(username)) return { denial: refusal('headless-body') };
    if (typeof otp !== 'string') {
      await beginWaiting({ purpose: 'forgot-password', username }, context);
      return { answer: { status_code: 'otp_sent' } };
    }
    if (typeof password !== 'string' || !isUsable(password)) return { denial: refusal('headless-body') };
    const done = await finishWaiting({ purpose: 'forgot-password', identifier: username, otp }, context);
    if (done === undefined) return { denial: refusal('one-time-password') };
    await setPassword(username, { plain: password }, context);
    return { answer: { status_code: 'success' } };
  },
);
