/** Keeps the status of users: active, or locked out by an administrator, by login hours or by address. Set by `Control.setUserStatus`. */
import { DOCUMENTED } from '../salesforce/documented.ts';
import type { Denial } from '../salesforce/denial.ts';

/** The effects of a status. */
export interface Consequence {
  /** Names of documented errors: returned after sign-in, and by the token endpoint; without the second, the user's tokens decide. */
  readonly callback: string;
  readonly token?: string;
  /** Whether open sessions end until the user is active again. */
  readonly endsSessions?: true;
  /** Whether every token of the user is revoked permanently. */
  readonly revokes?: true;
}

/** The effects of each status. The errors are Salesforce's; which of them occurs where is known for the first two only. */
export const USER_STATUSES = {
  'inactive-user': { callback: 'authorize-inactive-user', token: 'user-inactive', endsSessions: true },
  // Salesforce's containment of VPN addresses (2026): the user is frozen and all refresh tokens are revoked. The answer to a login
  // is not known.
  'frozen-user': { callback: 'authorize-inactive-user', endsSessions: true, revokes: true },
  'inactive-org': { callback: 'authorize-inactive-org', token: 'org-inactive', endsSessions: true },
  'ip-restricted': { callback: 'app-access-denied', token: 'ip-restricted' },
  'login-hours': { callback: 'app-access-denied', token: 'login-hours', endsSessions: true },
  'login-rate': { callback: 'authorize-rate-limit', token: 'login-rate' },
  'not-approved': { callback: 'app-access-denied', token: 'not-admin-approved' },
  'app-blocked': { callback: 'app-blocked', token: 'not-admin-approved' },
  'app-not-installed': { callback: 'app-not-found', token: 'not-admin-approved' },
} as const satisfies Readonly<Record<string, Consequence>>;

/** Status of a user who is not active. */
export type UserStatus = keyof typeof USER_STATUSES;

/** The statuses of all users; made by `createUserStatuses`. */
export interface UserStatuses {
  /** Sets the status of one user, or of all without a name. Undefined: active again. */
  set(status: UserStatus | undefined, user?: string): void;
  /** Whether all users are active. */
  readonly good: boolean;
  /** Returns the denial for a user there; undefined when nothing prevents it. */
  denial(user: string, where: 'callback' | 'token'): Denial | undefined;
  endsSessions(user: string): boolean;
}

/** Creates statuses in which every user is active. A user's own status takes precedence over that of all. */
export function createUserStatuses(): UserStatuses {
  const users = new Map<string, UserStatus>();
  let everybody: UserStatus | undefined;
  const of = (user: string): Consequence | undefined => {
    const status = users.get(user) ?? everybody;
    return status && USER_STATUSES[status];
  };
  return {
    set(status, user) {
      if (user === undefined) {
        everybody = status;
        if (status === undefined) users.clear();
      } else if (status === undefined) users.delete(user);
      else users.set(user, status);
    },
    get good() {
      return everybody === undefined && users.size === 0;
    },
    denial(user, where) {
      const consequence = of(user);
      const id = consequence?.[where];
      const row = DOCUMENTED.find((one) => one.id === id);
      return row && { status: 400, error: row.error, errorDescription: row.description };
    },
    endsSessions: (user) => of(user)?.endsSessions === true,
  };
}
