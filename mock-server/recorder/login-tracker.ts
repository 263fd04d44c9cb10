/** Follows a login from its authorization request to the request that issues its code. An authorization server sends the browser through
 * sign-in and consent, and issues the code at the end of that chain. When a request of a login is answered with a redirect inside the
 * mock, the long random segments of the target's path (oidc-provider's interaction id) are remembered; a later request whose path has one
 * of them belongs to the same login. `remember(key, login)` adds an id that is not in a redirect. */
import { createBoundedMap } from '../bounded-map.ts';
import type { Login } from './correlation.ts';

/** The logins in progress; made by `createLoginTracker`. */
export interface LoginTracker {
  /** Returns the login that a request with this path (without query) continues, if any. */
  of(path: string): Login | undefined;
  remember(key: string, login: Login): void;
  /** Remembers the redirect of an answer.
   * @param location value of the `Location` header of an answer within that login */
  follow(location: string, login: Login): void;
}

const LIMIT = 5_000;

const keysOf = (path: string): readonly string[] =>
  path.split('/').filter((segment) => segment.length >= 16 && segment.length <= 256 && !/^[a-z-]+$/.test(segment));

/** Creates a tracker without logins. */
export function createLoginTracker(): LoginTracker {
  const logins = createBoundedMap<string, Login>(LIMIT);
  const origins: LoginTracker = {
    of: (path) => {
      for (const segment of path.split('/')) {
        const login = segment === '' ? undefined : logins.get(segment);
        if (login) return login;
      }
      return undefined;
    },
    remember(key, login) {
      if (logins.has(key)) logins.delete(key);
      logins.set(key, login);
    },
    follow(location, login) {
      const [target = '', query = ''] = location.split(/[?#](.*)/s);
      if (/(?:^|&)(?:code|error)=/.test(query)) return;
      for (const key of keysOf(target)) origins.remember(key, login);
    },
  };
  return origins;
}
