/** Serves the authorization endpoint (RFC 6749 §3.1): the policy, then oidc-provider, then the answer in Salesforce's form. */
import { refusal, type Denial } from '../salesforce/denial.ts';
import { callbackRefusal, pageRefusal } from '../salesforce/refusal.ts';
import { INNER_AUTHORIZE } from '../salesforce/route.ts';
import { siteFields } from '../salesforce/site.ts';
import type { MockContext } from '../context.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Mode } from '../mock.ts';
import { issueCode, type ApprovedLogin } from '../oauth/codes.ts';
import { startAtDevice } from '../oauth/device-start.ts';
import { judgeAuthorization } from '../policy/policy.ts';
import type { Exchange } from '../recorder/exchange.ts';
import type { Issued } from '../recorder/issued.ts';
import { redirect, type Refusal, type Reply } from '../reply.ts';
import { asking, displayOf } from '../sign-in/asking.ts';
import { CODE_CREDENTIALS, headlessLogin } from '../sign-in/headless/login.ts';
import { DISPLAY, PERSON, QUESTION, SITE_PATH } from '../sign-in/parameters.ts';
import { askProvider, type ProviderAnswer } from './ask-provider.ts';
import {
  authorizationQuery,
  DPOP_JKT,
  REDIRECT_URI,
  RESPONSE_TYPE,
  USER_AGENT,
} from '../salesforce/authorization-query.ts';
import { issueInFragment } from './user-agent.ts';

/** Answers `/services/oauth2/authorize`. */
export const authorizeEndpoint: Endpoint = { answer: authorize, arrival: () => ({ target: 'authorize' }) };

/** Answers the path to which the sign-in page returns: issues the code, or returns the user's denial. */
export const resumeEndpoint: Endpoint = {
  answer: async (exchange, context) =>
    finish(await askProvider(exchange.incoming.url ?? '', exchange, context), exchange, context),
  arrival: () => ({ target: 'authorize', continues: true }),
};

/** Answers a GET. A POST may also begin the device flow, or a login without a browser. */
async function authorize(exchange: Exchange, context: MockContext): Promise<Reply> {
  const { facts, query, form, method } = exchange;
  const mode = context.mode();
  const { app, switches, issuer } = context;
  if (method === 'POST' && form.get('response_type') === 'device_code') return startAtDevice(exchange, context);
  if (method === 'POST' && form.get('response_type') === CODE_CREDENTIALS && facts.kind === 'authorize') {
    const answered = await headlessLogin(exchange, facts, context);
    if (answered !== 'interactive') return answered;
    const asked = new URLSearchParams(form);
    asked.set('response_type', 'code');
    return signIn(authorizationQuery(asked, facts, mode, switches), exchange, context);
  }
  // Parameters in the body of a GET would be judged, but those of the query answered.
  if (method !== 'GET' || facts.kind !== 'authorize' || form.size > 0) return pageRefusal(exchange, refusal('use-get'));
  const secure = issuer.startsWith('https:');
  const redirectUri = query.get('redirect_uri');
  const inner = authorizationQuery(query, facts, mode, switches);
  const denied =
    judgeAuthorization(facts, { app, mode, switches, scope: query.get('scope'), redirectUri, secure }) ??
    repeatedRedirect(query, mode) ??
    needsPerson(inner, exchange, context);
  if (denied === undefined) return signIn(inner, exchange, context);
  if (denied.redirect !== true) return pageRefusal(exchange, denied);
  // Only where the user-agent flow is accepted does the answer use the fragment.
  const fragment = mode === 'salesforce' && USER_AGENT.has(query.get('response_type'));
  return callbackRefusal(denied, { redirectUri: redirectUri ?? '', state: query.get('state'), fragment });
}

/** Refuses a request with two redirect URIs on a page, because the right one is unknown. Observing mode takes the first. */
function repeatedRedirect(query: URLSearchParams, mode: Mode): Denial | undefined {
  if (mode === 'observing' || query.getAll('redirect_uri').length < 2) return undefined;
  const errorDescription = "'redirect_uri' parameter must not be provided twice";
  return { status: 400, error: 'invalid_request', errorDescription };
}

const scopesOf = (inner: URLSearchParams) => (inner.get('scope') ?? '').split(' ');

/** Refuses `immediate=true` when a page would have to be shown: it needs a signed-in user who has approved the app, and Sites do not
 * support it. */
function needsPerson(inner: URLSearchParams, exchange: Exchange, context: MockContext): Denial | undefined {
  if (exchange.query.get('immediate') !== 'true') return undefined;
  const { question } = asking(exchange, exchange.query, scopesOf(inner), context);
  const asks = context.host === 'experience' || question !== 'nothing';
  return asks ? { ...refusal('immediate'), redirect: true } : undefined;
}

/** Sends a user to the sign-in page with the questions to ask there. */
async function signIn(inner: URLSearchParams, exchange: Exchange, context: MockContext): Promise<Reply> {
  const request = exchange.form.size > 0 ? exchange.form : exchange.query;
  const { question, person } = asking(exchange, request, scopesOf(inner), context);
  inner.set(QUESTION, question);
  if (person !== undefined) inner.set(PERSON, person);
  inner.set(SITE_PATH, context.sitePath);
  inner.set(DISPLAY, displayOf(request.get('display')));
  return finish(await askProvider(`${INNER_AUTHORIZE}?${inner.toString()}`, exchange, context), exchange, context);
}

/** Converts oidc-provider's answer into Salesforce's form. */
async function finish(answer: ProviderAnswer, exchange: Exchange, context: MockContext): Promise<Reply> {
  const { location, cookies } = answer;
  if (answer.refusal !== undefined) {
    const reply = pageRefusal(exchange, { ...answer.refusal, status: answer.status });
    return { ...reply, headers: { ...reply.headers, 'Set-Cookie': cookies } };
  }
  if (location === undefined) throw new Error('oidc-provider answered an authorization request with a page.');
  const headers = { 'cache-control': 'no-store', 'Set-Cookie': cookies };
  if (location.startsWith('/')) return redirect(location, headers);
  const back = await callbackOf(answer, new URL(location).searchParams, context);
  return { ...redirect(back.url.href, headers), issued: back.issued, refusal: back.refusal };
}

interface Callback {
  readonly url: URL;
  readonly issued: Issued | undefined;
  readonly refusal: Refusal | undefined;
}

/** Builds the client's callback from oidc-provider's: with the mock's own code, the tokens of the user-agent flow, or the error. */
async function callbackOf(answer: ProviderAnswer, inner: URLSearchParams, context: MockContext): Promise<Callback> {
  const { parameter } = answer;
  const url = new URL(parameter(REDIRECT_URI) ?? '');
  const responseType = parameter(RESPONSE_TYPE);
  const code = inner.get('code');
  const approved = code === null ? undefined : await approvedLogin(code, parameter(REDIRECT_URI) ?? '', context);
  const refused = approved === undefined ? refusalOf(inner, context) : undefined;
  const fields = new URLSearchParams();
  let issued: Issued | undefined;
  if (approved !== undefined && responseType !== undefined) {
    const granted = await issueInFragment(approved, responseType, context);
    for (const [name, value] of Object.entries(granted.answer)) fields.set(name, value);
    ({ issued } = granted);
  } else if (approved !== undefined) {
    const jkt = context.switches.dpop === 'off' ? undefined : parameter(DPOP_JKT)?.slice(0, 64);
    issued = { code: await issueCode({ ...approved, jkt }, context) };
    fields.set('code', issued.code ?? '');
  }
  if (refused !== undefined) {
    fields.set('error', refused.error);
    if (refused.errorDescription !== undefined) fields.set('error_description', refused.errorDescription);
  }
  const state = inner.get('state');
  if (state !== null) fields.set('state', state);
  if (responseType !== undefined) url.hash = fields.toString();
  else {
    const site = approved && siteFields({ ...context, sitePath: parameter(SITE_PATH) ?? '' });
    for (const [name, value] of [...fields, ...Object.entries(site ?? {})]) url.searchParams.set(name, value);
  }
  return { url, issued, refusal: refused };
}

/** Returns the error of a callback in Salesforce's spelling. */
function refusalOf(inner: URLSearchParams, { switches }: MockContext): Refusal | undefined {
  const error = inner.get('error');
  if (error === null) return undefined;
  const spelled = error === 'access_denied' ? switches.denialSpelling : error;
  return { error: spelled, errorDescription: inner.get('error_description') ?? undefined };
}

/** Reads the approved login from oidc-provider's code and discards the code: the mock issues its own. */
async function approvedLogin(raw: string, redirectUri: string, { provider }: MockContext): Promise<ApprovedLogin> {
  const code = await (await provider()).AuthorizationCode.find(raw);
  if (code === undefined) throw new Error('oidc-provider issued a code that it does not know.');
  await code.destroy();
  const scopes = (code.scope ?? '').split(' ').filter(Boolean);
  return { user: code.accountId ?? '', scopes, redirectUri, challenge: code.codeChallenge, nonce: code.nonce };
}
