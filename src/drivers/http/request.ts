/** Sends one ordinary request to the web application, and interprets its answer. */
import { wordsOf } from '../agent/arrive.ts';
import type { Browser } from '../agent/browser.ts';
import type { Ask, NoPage } from '../agent/fetch.ts';
import { redirectTarget } from '../agent/place.ts';
import type { ActionAnswer } from '../driver.ts';

/** What a request to the application depends on. */
export interface RequestPlace {
  readonly browser: Browser;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** URL of the application that begins a login. */
  readonly loginUrl: URL;
  readonly reauthorizeOn: readonly number[];
  /** Removes secrets of the client's environment from its output. */
  readonly hide: (text: string) => string;
}

/** Where a request ended: on a page, at the beginning of a login, or without an answer. */
type End =
  | { readonly kind: 'page'; readonly status: number; readonly words: string }
  | { readonly kind: 'login'; readonly status: number }
  | { readonly kind: 'none'; readonly detail: string };

const hops = 20;

/** Makes an API call through the application. 2xx is ok; a status of `reauthorizeOn` or a redirect into a login means "connect again". */
export async function requestCall(ask: Ask, place: RequestPlace): Promise<ActionAnswer> {
  const end = await request(ask, place);
  if (end.kind === 'none') return { result: 'failed', error: end.detail };
  const { status } = end;
  if (end.kind === 'login') {
    return { result: 'failed', status, error: 'the application began a login', reauthorize: true };
  }
  if (isSuccess(status)) return { result: 'ok', status };
  const reauthorize = place.reauthorizeOn.includes(status);
  return { result: 'failed', status, error: answered(end), reauthorize };
}

/** Asks the application whether it is connected: 2xx means yes, any other answer no. */
export async function requestStatus(ask: Ask, place: RequestPlace): Promise<ActionAnswer> {
  const end = await request(ask, place);
  if (end.kind === 'none') return { result: 'failed', error: end.detail };
  return { result: 'ok', status: end.status, connected: end.kind === 'page' && isSuccess(end.status) };
}

/** Logs a user out; a redirect to the login page counts as logged out. */
export async function requestDisconnect(ask: Ask, place: RequestPlace): Promise<ActionAnswer> {
  const end = await request(ask, place);
  if (end.kind === 'none') return { result: 'failed', error: end.detail };
  if (end.kind === 'login' || isSuccess(end.status)) return { result: 'ok', status: end.status };
  return { result: 'failed', status: end.status, error: answered(end) };
}

async function request(first: Ask, place: RequestPlace): Promise<End> {
  let ask = first;
  for (let left = hops; left > 0; left -= 1) {
    const fetched = await place.browser.fetch(ask, place);
    if (fetched.kind !== 'page') return { kind: 'none', detail: unanswered(ask.url, fetched) };
    const { status } = fetched;
    const next = redirectTarget(status, fetched.location, ask.url);
    if (next === undefined)
      return { kind: 'page', status, words: isSuccess(status) ? '' : place.hide(wordsOf(fetched.body)).slice(0, 300) };
    if (isLogin(next, place)) return { kind: 'login', status };
    if (!place.browser.mayVisit(next)) return { kind: 'none', detail: `the application led to ${next.origin}` };
    const keeps = status === 307 || status === 308;
    ask = keeps && next.origin === ask.url.origin ? { ...ask, url: next } : { url: next, method: 'GET', headers: {} };
  }
  return { kind: 'none', detail: `more than ${hops} redirects` };
}

function isLogin(url: URL, { browser, loginUrl }: RequestPlace): boolean {
  if (browser.isMock(url)) return url.pathname.endsWith('/services/oauth2/authorize');
  return url.origin === loginUrl.origin && url.pathname === loginUrl.pathname;
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function answered({ status, words }: { readonly status: number; readonly words: string }): string {
  return `the application answered ${status}${words === '' ? '' : `: ${words}`}`;
}

function unanswered(url: URL, fetched: NoPage): string {
  return `${url.origin} gave no answer: ${fetched.detail}`;
}
