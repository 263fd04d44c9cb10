/** Returns whether a redirect URI of the client is one of the callback URLs of the app. */
import { isTemplate } from './placeholder.ts';

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Returns whether a URL, or part of it, is filled in at deployment: `https://${HOST}/callback`, `__URL__`, `https://@HOST@/cb`. */
export function hasPlaceholder(url: string): boolean {
  return isTemplate(url) || url.split(/[/.:?&=#]+/).some(isTemplate);
}

/** Returns whether two callbacks are equal character for character; ports of loopback addresses may differ (RFC 8252 §7.3) when the
 * client's port is 0. */
export function sameCallback(client: string, app: string): boolean {
  if (client === app) return true;
  const left = parsed(client);
  const right = parsed(app);
  if (left?.port !== '0' || right === undefined) return false;
  return (
    left.protocol === right.protocol &&
    LOOPBACK.has(left.hostname) &&
    left.hostname === right.hostname &&
    left.pathname === right.pathname &&
    left.search === right.search
  );
}

function parsed(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
