/** Prevents ports from being reachable by other machines unintentionally. */
import { HarnessError } from '../../src/errors.ts';

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/;

/** Throws unless `host` is a loopback address or others are meant to reach it.
 * @throws HarnessError `not-loopback` */
export function assertReachable(host: string, meant: boolean, what: 'mock' | 'dashboard'): void {
  if (LOOPBACK.test(host) || meant) return;
  throw new HarnessError(
    'not-loopback',
    `The ${what} was asked to listen on ${host || 'every address'}, where others could reach it.`,
    'Use 127.0.0.1, or set `public: true` if only you can reach this machine.',
  );
}
