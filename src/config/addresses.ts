/** Reads IP addresses and ranges in CIDR notation. Pure. */
import { isIP } from 'node:net';

/** Returns whether a text is an IPv4 or IPv6 address, or a range such as `203.0.113.0/28` (RFC 4632 §3.1, RFC 4291 §2.3). */
export function isAddressOrRange(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || address.includes('%') || rest.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128));
}
