/** The actions of the adapter protocol (docs/contract.md, section 4), as functions. */

export interface Request {
  readonly id: number | string;
  readonly do: string;
  /** Only with `redirect`. */
  readonly url?: string;
}

export type Answer =
  | { readonly ok: true; readonly status?: number; readonly connected?: boolean }
  | { readonly ok: false; readonly error: string; readonly reauthorize?: boolean; readonly status?: number };

/** Writes a line that is no answer. */
export type Emit = (event: Readonly<Record<string, unknown>>) => void;

export type Action = (request: Request, emit: Emit) => Promise<Answer>;

export type ActionName = 'authorize' | 'redirect' | 'call' | 'refresh' | 'status' | 'disconnect';

/** Every action of the protocol. */
export type AllActions = Readonly<Record<ActionName, Action>>;

/** What is not there is answered as unsupported. */
export type Actions = Partial<AllActions>;

/** A failure that keeps everything as it is. */
export function failure(error: string, reauthorize = false): Answer {
  return reauthorize ? { ok: false, error, reauthorize } : { ok: false, error };
}

/** The same actions, each wrapped: for clients that do something around every one. */
export function wrapActions(actions: AllActions, wrap: (action: Action, name: ActionName) => Action): AllActions {
  return {
    authorize: wrap(actions.authorize, 'authorize'),
    redirect: wrap(actions.redirect, 'redirect'),
    call: wrap(actions.call, 'call'),
    refresh: wrap(actions.refresh, 'refresh'),
    status: wrap(actions.status, 'status'),
    disconnect: wrap(actions.disconnect, 'disconnect'),
  };
}
