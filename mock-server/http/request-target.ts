/** Request lines may name more than a path. */

/** The target of a request as everything further in reads it: of an absolute one what follows the host (RFC 9112 §3.2.2). Undefined for what is none. */
export function originForm(target: string): string | undefined {
  if (target.startsWith('/') || target === '*') return target;
  const url = /^https?:/i.test(target) ? URL.parse(target) : null;
  return url === null ? undefined : url.pathname + url.search;
}
