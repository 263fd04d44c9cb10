/** Implements the authorization code and credentials flow of an Experience site: a POST to the authorization endpoint with the user's
 * credentials in `Authorization: Basic`, answered by the redirect that a browser would have received (Headless Identity implementation
 * guide). */
import { refusal } from '../../salesforce/denial.ts';
import { NO_STORE } from '../../salesforce/headers.ts';
import { USER_NAME } from '../../salesforce/org.ts';
import { tokenRefusal } from '../../salesforce/refusal.ts';
import { issueCode } from '../../oauth/codes.ts';
import { siteFields } from '../../salesforce/site.ts';
import type { AuthorizationFacts } from '../../../src/history/facts.ts';
import type { MockContext } from '../../context.ts';
import { redirect, type Reply } from '../../reply.ts';
import { judgeAuthorization } from '../../policy/policy.ts';
import type { Exchange } from '../../recorder/exchange.ts';
import { readBasic } from '../../recorder/measure/client.ts';
import { authorizationQuery, DPOP_JKT } from '../../salesforce/authorization-query.ts';
import { finishWaiting, isPassword, setPassword } from './waiting.ts';

/** The `response_type` of the flow. */
export const CODE_CREDENTIALS = 'code_credentials';

const TYPES: ReadonlySet<string> = new Set(['named-user', 'user-registration', 'passwordless-login']);

/** Answers an authorization request with credentials. Errors are JSON, because there is no page. `interactive`: the request does not
 * describe its credentials, so Salesforce does not treat it as headless and a user must sign in. */
export async function headlessLogin(
  exchange: Exchange,
  facts: AuthorizationFacts,
  context: MockContext,
): Promise<Reply | 'interactive'> {
  if (context.host !== 'experience' || !context.switches.headlessIdentity)
    return tokenRefusal(exchange, refusal('response-type'));
  const { form, header } = exchange;
  const { app, mode, switches } = context;
  // The rules of the code flow apply: this is one without a browser.
  const asked = { ...facts, responseType: 'code' };
  const denied = judgeAuthorization(asked, { app, mode: mode(), switches, scope: form.get('scope') });
  if (denied !== undefined) return tokenRefusal(exchange, denied);
  const type = header('Auth-Request-Type').toLowerCase();
  if (!TYPES.has(type)) return 'interactive';
  const credentials = credentialsOf(exchange);
  const method = header('Auth-Verification-Type').toLowerCase();
  const user = credentials && (await userOf(type, { ...credentials, method }, context));
  if (user === undefined)
    return tokenRefusal(exchange, refusal(type === 'named-user' ? 'authentication-failure' : 'one-time-password'));
  const refused = context.userStatuses.denial(user, 'callback');
  if (refused !== undefined) return tokenRefusal(exchange, refused);
  const code = await codeFor(user, form, authorizationQuery(form, asked, mode(), switches), context);
  return { ...callback(code, form, context), issued: { code } };
}

function callback(code: string, form: URLSearchParams, context: MockContext): Reply {
  const url = new URL(form.get('redirect_uri') ?? '');
  const state = form.get('state');
  const fields = { code, ...siteFields(context), ...(state !== null && { state }) };
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  return redirect(url.href, NO_STORE);
}

interface Credentials {
  /** A username, or the identifier of an earlier request. */
  readonly name: string;
  /** A password, or a one-time password. */
  readonly secret: string;
}

/** Returns the credentials from the header, or from the body when the app requests that. */
function credentialsOf({ header, form }: Exchange): Credentials | undefined {
  const basic = readBasic(header('Authorization'))?.raw;
  if (basic !== undefined) return { name: basic.id, secret: basic.secret };
  const [name, secret] = [form.get('username'), form.get('password')];
  return name === null || secret === null ? undefined : { name, secret };
}

async function userOf(
  type: string,
  { name, secret, method }: Credentials & { readonly method: string },
  context: MockContext,
): Promise<string | undefined> {
  switch (type) {
    case 'named-user': {
      const known = USER_NAME.test(name) && (await isPassword(name, secret, context));
      return known ? context.org.named(name).name : undefined;
    }
    case 'user-registration':
    case 'passwordless-login': {
      const done = await finishWaiting({ purpose: type, identifier: name, otp: secret, method }, context);
      if (done?.password !== undefined) await setPassword(done.username, { sealed: done.password }, context);
      return done && context.org.named(done.username).name;
    }
    default:
      return undefined;
  }
}

/** Issues the code of a login that needed no browser. */
const codeFor = (user: string, form: URLSearchParams, query: URLSearchParams, context: MockContext): Promise<string> =>
  issueCode(
    {
      user,
      redirectUri: form.get('redirect_uri') ?? '',
      scopes: (query.get('scope') ?? '').split(' ').filter(Boolean),
      challenge: query.get('code_challenge') ?? undefined,
      nonce: query.get('nonce') ?? undefined,
      jkt: context.switches.dpop === 'off' ? undefined : query.get(DPOP_JKT)?.slice(0, 64),
    },
    context,
  );
