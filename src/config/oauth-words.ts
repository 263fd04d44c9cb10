/** Validates redirect URIs and scopes as OAuth allows them. */
import { z } from 'zod';

const SCRIPT = new Set(['javascript:', 'data:', 'vbscript:', 'file:', 'about:']);
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Describes an absolute URI without a fragment (RFC 6749 §3.1.2). Port 0 stands for any port, on loopback only (RFC 8252 §7.3). */
export const redirectUri = z.string().check((context) => {
  const fault = faultOf(context.value);
  if (fault !== undefined) context.issues.push({ code: 'custom', message: fault, input: context.value });
});

/** One scope token (RFC 6749 §3.3). */
export const scope = z.string().regex(/^[\x21\x23-\x5B\x5D-\x7E]+$/u, {
  error: 'must be one scope: no spaces, quotes or backslashes; write several as several texts',
});

function faultOf(value: string): string | undefined {
  if (!URL.canParse(value)) return 'must be an absolute URI such as http://127.0.0.1:0/callback or myapp://callback';
  const url = new URL(value);
  if (SCRIPT.has(url.protocol)) return `must not have the scheme ${url.protocol}`;
  if (value.includes('#')) return 'must have no fragment (RFC 6749 §3.1.2)';
  if (url.port === '0' && !LOOPBACK.has(url.hostname))
    return 'may have port 0 on a loopback address only (RFC 8252 §7.3)';
  return undefined;
}
