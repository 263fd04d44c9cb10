/** Keeps the status of users: active, or locked out by an administrator, by login hours or by address. Set from outside (`Control.setUserStatus`). */
import { DOCUMENTED } from '../salesforce/documented.ts';
import type { Denial } from '../salesforce/denial.ts';

export interface Consequence {
  /** Names of documented errors: what is said after sign-in, and by the token endpoint; without the second its tokens decide. */
  readonly callback: string;
  readonly token?: string;
  /** Sessions that are open end, until the user is in good standing again. */
  readonly endsSessions?: true;
  /** Every token of the user is revoked, and stays so. */
  readonly revokes?: true;
}

/** What each status leads to. The errors are the platform's; which of them comes where is known for the first two only. */
export const USER_STATUSES = {
  'inactive-user': { callback: 'authorize-inactive-user', token: 'user-inactive', endsSessions: true },
  // The containment of VPN addresses: the user is frozen and all refresh tokens are revoked (facts of 2026). What a login is answered is not known.
  'frozen-user': { callback: 'authorize-inactive-user', endsSessions: true, revokes: true },
  'inactive-org': { callback: 'authorize-inactive-org', token: 'org-inactive', endsSessions: true },
  'ip-restricted': { callback: 'app-access-denied', token: 'ip-restricted' },
  'login-hours': { callback: 'app-access-denied', token: 'login-hours', endsSessions: true },
  'login-rate': { callback: 'authorize-rate-limit', token: 'login-rate' },
  'not-approved': { callback: 'app-access-denied', token: 'not-admin-approved' },
  'app-blocked': { callback: 'app-blocked', token: 'not-admin-approved' },
  'app-not-installed': { callback: 'app-not-found', token: 'not-admin-approved' },
} as const satisfies Readonly<Record<string, Consequence>>;

export type UserStatus = keyof typeof USER_STATUSES;

export interface UserStatuses {
  /** Of one user, or without a name of everybody. Undefined: in good standing again. */
  set(status: UserStatus | undefined, user?: string): void;
  /** Everybody is in good standing. */
  readonly good: boolean;
  /** What is said to a user there; undefined: nothing is against it. */
  denial(user: string, where: 'callback' | 'token'): Denial | undefined;
  endsSessions(user: string): boolean;
}

/** Returns statuses in which every user may log in. A user's own status counts before that of everybody. */
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
