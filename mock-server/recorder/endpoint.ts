/** Classifies requests by their path alone. */
import type { Endpoint } from '../../src/history/event.ts';

type Rule = readonly [pattern: RegExp, endpoint: Endpoint];

const RULES: readonly Rule[] = [
  [/^\/services\/oauth2\/authorize(?:\/|$)/, 'authorize'],
  [/^\/services\/oauth2\/token\/?$/, 'token'],
  [/^\/services\/oauth2\/revoke\/?$/, 'revoke'],
  [/^\/services\/oauth2\/introspect\/?$/, 'introspect'],
  [/^\/services\/oauth2\/userinfo\/?$/, 'userinfo'],
  // Both are callbacks of apps that have none of their own.
  [/^\/services\/oauth2\/(?:success|echo)\/?$/, 'success'],
  [/^(?:\/services\/oauth2)?\/id\/keys\/?$/, 'keys'],
  [/^\/id\/[^/]+\/[^/]+\/?$/, 'identity'],
  [/\/\.well-known\//, 'discovery'],
  [/^\/(?:login|interaction|setup\/(?:secur|connect)|secur)(?:\/|$)/, 'login'],
  [/^\/services\/(?:data|async|Soap|apexrest)(?:\/|$)/i, 'resource'],
];

/**
 * Returns the endpoint that a path belongs to. @param host whose port it came to: a path of the instance that has no other name is its API.
 * @param path without the query, raw.
 */
export function endpointOf(host: 'login' | 'instance' | 'other', path: string): Endpoint {
  // An Experience site may live below a path.
  const below = host === 'other' ? /^\/[\w-]{1,40}(?=\/services\/(?:oauth2|auth)\/)/ : /^$/;
  const normal = path.replace(/\/{2,}/g, '/').replace(below, '');
  const rule = RULES.find(([pattern]) => pattern.test(normal));
  if (rule) return rule[1];
  return host === 'instance' ? 'resource' : 'other';
}
