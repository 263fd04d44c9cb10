/** The authorization endpoint (RFC 6749 §3.1): our policy, then oidc-provider, then Salesforce's way to say it. */
import type { Context } from 'koa';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { refusal, type Denial } from '../salesforce/denial.ts';
import { refuseByRedirect, refuseOnPage } from '../salesforce/refusal.ts';
import { INNER_AUTHORIZE } from '../salesforce/route.ts';
import { siteFields } from '../salesforce/site.ts';
import type { MockContext } from '../context.ts';
import type { Mode } from '../mock.ts';
import { judgeAuthorization } from '../policy/policy.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { asking, displayOf } from '../sign-in/asking.ts';
import { DISPLAY, PERSON, QUESTION, SITE_PATH } from '../sign-in/parameters.ts';
import { authorizationQuery, DPOP_JKT, REDIRECT_URI, RESPONSE_TYPE, USER_AGENT } from './authorization-query.ts';
import { issueCode, type ApprovedLogin } from '../oauth/codes.ts';
import { startAtDevice } from '../oauth/device-start.ts';
import { forward, refusalOf } from './forward.ts';
import { CODE_CREDENTIALS, headlessLogin } from '../sign-in/headless/login.ts';
import { issueInFragment } from './user-agent.ts';

/** Answers `GET /services/oauth2/authorize`. By POST a device may begin here too, or a login without a browser. */
export async function authorize(ctx: Context, exchange: Exchange, parts: MockContext): Promise<void> {
  const { facts, query, form } = exchange;
  if (await parts.faults.before('authorize', exchange, ctx)) return;
  if (ctx.method === 'POST' && form.get('response_type') === 'device_code') {
    await startAtDevice(ctx, exchange, parts);
    return;
  }
  if (ctx.method === 'POST' && form.get('response_type') === CODE_CREDENTIALS && facts.kind === 'authorize') {
    if ((await headlessLogin(ctx, exchange, facts, parts)) === 'answered') {
      await parts.faults.after('authorize', exchange, ctx);
      return;
    }
    const asked = new URLSearchParams(form);
    asked.set('response_type', 'code');
    await signIn(ctx, exchange, parts, authorizationQuery(asked, facts, parts.mode(), parts.switches));
    return;
  }
  // Parameters in the body of a GET would be judged, and those of the query answered.
  if (ctx.method !== 'GET' || facts.kind !== 'authorize' || form.size > 0) {
    refuseOnPage(ctx, exchange, refusal('use-get'));
    return;
  }
  const mode = parts.mode();
  const { app, switches, issuer } = parts;
  const secure = issuer.startsWith('https:');
  const redirectUri = query.get('redirect_uri');
  const about = { app, mode, switches, scope: query.get('scope'), redirectUri, secure };
  const inner = authorizationQuery(query, facts, mode, switches);
  const denied =
    judgeAuthorization(facts, about) ?? repeatedRedirect(query, mode) ?? needsPerson(ctx, query, inner, parts);
  if (denied !== undefined) {
    // Only who takes the user-agent flow answers in its way.
    refuse(ctx, exchange, denied, mode === 'salesforce' && USER_AGENT.has(query.get('response_type')));
    await parts.faults.after('authorize', exchange, ctx);
    return;
  }
  await signIn(ctx, exchange, parts, inner);
}

/** A request with two redirect URIs is refused on a page: there is no telling which one to redirect to. Observing takes the first. */
function repeatedRedirect(query: URLSearchParams, mode: Mode): Denial | undefined {
  if (mode === 'observing' || query.getAll('redirect_uri').length < 2) return undefined;
  const errorDescription = "'redirect_uri' parameter must not be provided twice";
  return { status: 400, error: 'invalid_request', errorDescription };
}

const scopesOf = (inner: URLSearchParams) => (inner.get('scope') ?? '').split(' ');

/** `immediate=true` shows no page: it takes somebody who is signed in and has approved the app. Sites do not have it. */
function needsPerson(
  ctx: Context,
  query: URLSearchParams,
  inner: URLSearchParams,
  parts: MockContext,
): Denial | undefined {
  if (query.get('immediate') !== 'true') return undefined;
  const asks = parts.host === 'experience' || asking(ctx, query, scopesOf(inner), parts).question !== 'nothing';
  return asks ? { ...refusal('immediate'), redirect: true } : undefined;
}

/** Sends a person to the sign-in page, and says what they are to be asked there. */
async function signIn(ctx: Context, exchange: Exchange, parts: MockContext, inner: URLSearchParams): Promise<void> {
  const request = exchange.form.size > 0 ? exchange.form : exchange.query;
  const { question, person } = asking(ctx, request, scopesOf(inner), parts);
  inner.set(QUESTION, question);
  if (person !== undefined) inner.set(PERSON, person);
  inner.set(SITE_PATH, parts.sitePath);
  inner.set(DISPLAY, displayOf(request.get('display')));
  await forward(ctx, parts.provider, { method: 'GET', url: `${INNER_AUTHORIZE}?${inner.toString()}` });
  await finish(ctx, exchange, parts);
}

function refuse(ctx: Context, exchange: Exchange, denied: Denial, fragment: boolean): void {
  const { query } = exchange;
  const redirectUri = query.get('redirect_uri') ?? '';
  if (denied.redirect === true)
    refuseByRedirect(ctx, exchange, denied, { redirectUri, state: query.get('state'), fragment });
  else refuseOnPage(ctx, exchange, denied);
}

/** Answers the way back from the sign-in page: the code, or the user's no. */
export async function resume(ctx: Context, exchange: Exchange, parts: MockContext): Promise<void> {
  await forward(ctx, parts.provider, { method: 'GET', url: ctx.url });
  await finish(ctx, exchange, parts);
}

/** Gives oidc-provider's answer Salesforce's form, and says what it hands out. */
async function finish(ctx: Context, exchange: Exchange, parts: MockContext): Promise<void> {
  const refused = refusalOf(ctx);
  if (refused !== undefined) {
    refuseOnPage(ctx, exchange, { ...refused, status: ctx.status });
    return;
  }
  const location = ctx.response.get('Location');
  if (location === '') return;
  ctx.body = '';
  ctx.status = 302;
  if (location.startsWith('/')) return;

  const answer = new URL(location).searchParams;
  const params = (ctx as KoaContextWithOIDC).oidc.params ?? {};
  const carried = (name: string) => (typeof params[name] === 'string' ? params[name] : undefined);
  const url = new URL(carried(REDIRECT_URI) ?? '');
  const asked = carried(RESPONSE_TYPE);
  const fields = new URLSearchParams();
  const [inner, error, description] = [answer.get('code'), answer.get('error'), answer.get('error_description')];
  if (inner !== null) {
    const login = { ...(await approvedLogin(inner, parts)), redirectUri: carried(REDIRECT_URI) ?? '' };
    if (asked !== undefined) {
      const granted = await issueInFragment(login, asked, parts);
      exchange.issued = granted.issued;
      for (const [name, value] of Object.entries(granted.answer)) fields.set(name, value);
    } else {
      const jkt = parts.switches.dpop === 'off' ? undefined : carried(DPOP_JKT)?.slice(0, 64);
      const code = await issueCode({ ...login, jkt }, parts);
      exchange.issued = { code };
      fields.set('code', code);
    }
  }
  if (error !== null) {
    exchange.error = error === 'access_denied' ? parts.switches.denialSpelling : error;
    fields.set('error', exchange.error);
  }
  if (description !== null) {
    exchange.errorDescription = description;
    fields.set('error_description', description);
  }
  const state = answer.get('state');
  if (state !== null) fields.set('state', state);
  if (asked !== undefined) url.hash = fields.toString();
  else {
    const site = inner === null ? {} : siteFields({ ...parts, sitePath: carried(SITE_PATH) ?? '' });
    for (const [name, value] of [...fields, ...Object.entries(site)]) url.searchParams.set(name, value);
  }
  ctx.set('Location', url.href);
  await parts.faults.after('authorize', exchange, ctx);
}

/** Takes what the user approved out of the code that oidc-provider made, and the code with it: the mock issues its own. */
async function approvedLogin(raw: string, { provider }: MockContext): Promise<Omit<ApprovedLogin, 'redirectUri'>> {
  const code = await provider.AuthorizationCode.find(raw);
  if (code === undefined) throw new Error('oidc-provider issued a code that it does not know.');
  await code.destroy();
  const scopes = (code.scope ?? '').split(' ').filter(Boolean);
  return { user: code.accountId ?? '', scopes, challenge: code.codeChallenge, nonce: code.nonce };
}
