/** Headers that Salesforce's answers carry. */
import { randomBytes } from 'node:crypto';
import type { Context } from 'koa';

/** Nothing of OAuth may be kept by a cache (RFC 6749 §5.1). */
export function noStore(ctx: Context): void {
  const { res } = ctx;
  if (res.headersSent) return;
  res.setHeader('Cache-Control', 'no-cache, no-store');
  res.setHeader('Pragma', 'no-cache');
  res.setHeader('Expires', 'Thu, 01 Jan 1970 00:00:00 GMT');
}

/** 14 characters that no other process has, and a count. */
const BROWSERS = randomBytes(10).toString('base64url');
let browsers = 0;

/** Salesforce's cookie on every answer. Its name is prefixed: cookies ignore ports, and the app under test may run next door. */
export function browserId(ctx: Context): void {
  if (ctx.res.headersSent) return;
  browsers += 1;
  const id = `${BROWSERS}${browsers.toString(36).padStart(8, '0')}`;
  ctx.res.appendHeader('Set-Cookie', `sfmock_BrowserId=${id}; Path=/; HttpOnly; SameSite=Lax`);
}

/** Lets pages of any origin call: whoever runs a mock has put every origin on the org's allowlist. */
export function allowOrigin(ctx: Context): void {
  const origin = ctx.get('Origin');
  if (origin === '') return;
  ctx.set('Access-Control-Allow-Origin', origin);
  ctx.vary('Origin');
  // Without it no script of a page could know how long it is to wait (Fetch standard, CORS-safelisted response headers).
  ctx.set('Access-Control-Expose-Headers', 'Retry-After, DPoP-Nonce');
  if (ctx.method !== 'OPTIONS') return;
  ctx.set('Access-Control-Allow-Methods', 'GET, POST, PUT, PATCH, DELETE, HEAD');
  ctx.set('Access-Control-Allow-Headers', ctx.get('Access-Control-Request-Headers') || 'authorization, content-type');
  ctx.set('Access-Control-Max-Age', '600');
}
