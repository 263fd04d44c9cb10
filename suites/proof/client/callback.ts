import type { Environment } from './environment.ts';
import type { Callback, Logins } from './logins.ts';
import { printable } from './outcome.ts';

/**
 * Decides what a callback is: the code of one of our logins, or nothing to act upon.
 *
 * Without a known state there is no token request (RFC 6749 §10.12). An issuer, when one is named, must be ours
 * (RFC 9207 §2.4); other parameters are ignored (RFC 6749 §4.1.2).
 */
export function readCallback(query: URLSearchParams, logins: Logins, env: Environment): Callback {
  const login = logins.take(query.get('state'));
  if (login === undefined) {
    return { kind: 'refused', login: logins.takeOnly(), error: 'the callback has no state of ours' };
  }
  const issuer = query.get('iss');
  if (issuer !== null && issuer.replace(/\/+$/, '') !== env.loginUrl) {
    return { kind: 'refused', login, error: 'the callback names another issuer' };
  }
  const error = query.get('error');
  if (error !== null) return { kind: 'refused', login, error: printable(`login refused: ${error}`) };
  const code = query.get('code');
  if (!code) return { kind: 'refused', login, error: 'the callback carries no code' };
  return { kind: 'code', login, code };
}
