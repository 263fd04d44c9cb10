/** Returns headers of Salesforce's answers. */
import { randomBytes } from 'node:crypto';
import type { Exchange } from '../recorder/exchange.ts';
import type { ReplyHeaders } from '../reply.ts';

/** Headers of every answer: no caching (RFC 6749 §5.1), and no content sniffing. */
export const UNCACHED: ReplyHeaders = {
  'Cache-Control': 'no-cache,must-revalidate,max-age=0,no-store,private',
  'X-Content-Type-Options': 'nosniff',
};

/** Headers of the OAuth endpoints (cassettes of sf-dahlia-web, 2018 to 2025; before that `Pragma: no-cache` was among them). */
export const NO_STORE: ReplyHeaders = {
  ...UNCACHED,
  Expires: 'Thu, 01 Jan 1970 00:00:00 GMT',
  'X-ReadOnlyMode': 'false',
  Vary: 'Accept-Encoding',
};

/** 14 characters that are unique to this process, and a counter. */
const BROWSERS = randomBytes(10).toString('base64url');
let browsers = 0;

/** Returns Salesforce's cookie for an answer. Its name has a prefix, because cookies ignore ports and the app under test may run on this
 * machine. */
export function browserId(): ReplyHeaders {
  browsers += 1;
  const id = `${BROWSERS}${browsers.toString(36).padStart(8, '0')}`;
  return { 'Set-Cookie': `sfmock_BrowserId=${id}; Path=/; HttpOnly; SameSite=Lax` };
}

/** Returns the headers that allow a page of any origin to call, as if every origin were on the org's allowlist. None for a request without
 * an origin. */
export function corsHeaders({ header, method }: Exchange): ReplyHeaders {
  const origin = header('Origin');
  if (origin === '') return {};
  const all = {
    'Access-Control-Allow-Origin': origin,
    Vary: 'Origin',
    // Without it a page's script cannot read how long to wait (Fetch standard, CORS-safelisted response headers).
    'Access-Control-Expose-Headers': 'Retry-After, DPoP-Nonce',
  };
  if (method !== 'OPTIONS') return all;
  return {
    ...all,
    'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE, HEAD',
    'Access-Control-Allow-Headers': header('Access-Control-Request-Headers') || 'authorization, content-type',
    'Access-Control-Max-Age': '600',
  };
}
