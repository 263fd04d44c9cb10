/** The verbs of the adapter protocol (contract, section 4), as functions. */

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

export type Verb = (request: Request, emit: Emit) => Promise<Answer>;

export type ActionName = 'authorize' | 'redirect' | 'call' | 'refresh' | 'status' | 'disconnect';

/** Every verb of the protocol. */
export type AllActions = Readonly<Record<ActionName, Verb>>;

/** What is not there is answered as unsupported. */
export type Verbs = Partial<AllActions>;

/** A failure that keeps everything as it is. */
export function failure(error: string, reauthorize = false): Answer {
  return reauthorize ? { ok: false, error, reauthorize } : { ok: false, error };
}

/** The same verbs, each wrapped: for clients that do something around every one. */
export function wrapActions(verbs: AllActions, wrap: (verb: Verb, name: ActionName) => Verb): AllActions {
  return {
    authorize: wrap(verbs.authorize, 'authorize'),
    redirect: wrap(verbs.redirect, 'redirect'),
    call: wrap(verbs.call, 'call'),
    refresh: wrap(verbs.refresh, 'refresh'),
    status: wrap(verbs.status, 'status'),
    disconnect: wrap(verbs.disconnect, 'disconnect'),
  };
}
