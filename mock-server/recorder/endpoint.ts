/** Classifies requests by their path alone. */
import type { Endpoint } from '../../src/history/event.ts';

type Rule = readonly [pattern: RegExp, endpoint: Endpoint];

const RULES: readonly Rule[] = [
  [/^\/services\/oauth2\/authorize(?:\/|$)/, 'authorize'],
  [/^\/services\/oauth2\/token\/?$/, 'token'],
  [/^\/services\/oauth2\/revoke\/?$/, 'revoke'],
  [/^\/services\/oauth2\/introspect\/?$/, 'introspect'],
  [/^\/services\/oauth2\/userinfo\/?$/, 'userinfo'],
  // Both are callbacks for apps without one.
  [/^\/services\/oauth2\/(?:success|echo)\/?$/, 'success'],
  [/^(?:\/services\/oauth2)?\/id\/keys\/?$/, 'keys'],
  [/^\/id\/[^/]+\/[^/]+\/?$/, 'identity'],
  [/\/\.well-known\//, 'discovery'],
  [/^\/(?:login|interaction|setup\/(?:secur|connect)|secur)(?:\/|$)/, 'login'],
  [/^\/services\/(?:data|async|Soap|apexrest)(?:\/|$)/i, 'resource'],
];

/** Returns the endpoint of a path.
 * @param host host of the port: other paths of the instance belong to its API
 * @param path raw path without the query */
export function endpointOf(host: 'login' | 'instance' | 'other', path: string): Endpoint {
  // An Experience site may be below a path.
  const below = host === 'other' ? /^\/[\w-]{1,40}(?=\/services\/(?:oauth2|auth)\/)/ : /^$/;
  const normal = path.replace(/\/{2,}/g, '/').replace(below, '');
  const rule = RULES.find(([pattern]) => pattern.test(normal));
  if (rule) return rule[1];
  return host === 'instance' ? 'resource' : 'other';
}
