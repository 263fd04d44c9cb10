/** Converts denials into answers of each endpoint. */
import type { Exchange } from '../recorder/exchange.ts';
import { redirect, withHeaders, type Reply, type ReplyHeaders } from '../reply.ts';
import { asksForPage, errorPage } from './error-page.ts';
import type { Denial } from './denial.ts';
import { RULE_HEADER } from './disclosure.ts';
import { browserId, NO_STORE } from './headers.ts';
import { fieldsReply, formatOf } from './token-answer.ts';

const refusalOf = ({ error, errorDescription, rule }: Denial) => ({ error, errorDescription, rule });

/** Returns the header that names the rule of the policy and its ground, because Salesforce's error alone may not show the cause. */
const ruleOf = ({ rule, ground }: Denial): ReplyHeaders =>
  rule === undefined || ground === undefined ? {} : { [RULE_HEADER]: `${rule}; ${ground}` };

/** Returns the token endpoint's refusal: JSON, or the format that `format` or Accept request; never a page (RFC 6749 §5.2). */
export function tokenRefusal(exchange: Exchange, why: Denial, headers: ReplyHeaders = {}): Reply {
  const fields = { error: why.error, error_description: why.errorDescription };
  const reply = fieldsReply(why.status, fields, formatOf(exchange), {
    ...NO_STORE,
    ...browserId(),
    ...ruleOf(why),
    ...headers,
  });
  return { ...reply, refusal: refusalOf(why) };
}

/** Returns the authorization endpoint's refusal without redirect: a line of text, or a page for a user's browser. */
export function pageRefusal(exchange: Exchange, why: Denial): Reply {
  const line = `error=${encodeURIComponent(why.error)}&error_description=${encodeURIComponent(why.errorDescription)}`;
  const refusal = refusalOf(why);
  const headers = { ...NO_STORE, ...ruleOf(why) };
  if (why.bare === true) return { status: why.status, headers, body: line, refusal };
  const reply = asksForPage(exchange)
    ? errorPage(why.status, 'OAuth Error', `${why.error}: ${why.errorDescription}`, line)
    : { status: why.status, headers: { 'Content-Type': 'text/plain;charset=UTF-8' }, body: line };
  return { ...withHeaders(reply, headers), refusal };
}

/** Returns the authorization endpoint's refusal by redirect to the client (RFC 6749 §4.1.2.1).
 * @param to `fragment`: true in the user-agent flow */
export function callbackRefusal(
  why: Denial,
  to: { readonly redirectUri: string; readonly state: string | null; readonly fragment?: boolean },
): Reply {
  const url = new URL(to.redirectUri);
  const fields = new URLSearchParams({ error: why.error, error_description: why.errorDescription });
  if (to.state !== null) fields.set('state', to.state);
  if (to.fragment === true) url.hash = fields.toString();
  else for (const [name, value] of fields) url.searchParams.set(name, value);
  return { ...redirect(url.href, { ...NO_STORE, ...ruleOf(why) }), refusal: refusalOf(why) };
}
