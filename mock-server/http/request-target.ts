/** Normalizes request targets, which may be whole URLs. */

/** Returns a request target in origin form: for an absolute URL the part after the host (RFC 9112 §3.2.2). Undefined for an invalid
 * target. */
export function originForm(target: string): string | undefined {
  if (target.startsWith('/') || target === '*') return target;
  const url = /^https?:/i.test(target) ? URL.parse(target) : null;
  return url === null ? undefined : url.pathname + url.search;
}
