/** The logins that wait for their callback. Each keeps its own verifier, however many are open. */

export interface Login {
  readonly state: string;
  readonly verifier: string;
  readonly redirectUri: string;
  /** Ends the wait for the callback. */
  readonly settle: (callback: Callback) => void;
}

export type Callback =
  | { readonly kind: 'code'; readonly login: Login; readonly code: string }
  | { readonly kind: 'refused'; readonly login: Login | undefined; readonly error: string };

export interface Logins {
  add(login: Login): void;
  /** Finds the login of a state and forgets it: a callback counts once. */
  take(state: string | null): Login | undefined;
  /** The only open login, if there is just one; forgets it. */
  takeOnly(): Login | undefined;
  remove(login: Login): void;
}

/** An empty book of logins, keyed by state. */
export function createLogins(): Logins {
  const open = new Map<string, Login>();
  const take = (login: Login | undefined): Login | undefined => {
    if (login !== undefined) open.delete(login.state);
    return login;
  };
  return {
    add: (login) => {
      open.set(login.state, login);
    },
    take: (state) => take(open.get(state ?? '')),
    takeOnly: () => (open.size === 1 ? take(open.values().next().value) : undefined),
    remove: (login) => {
      if (open.get(login.state) === login) open.delete(login.state);
    },
  };
}
