/** The result of a refresh, for all callers that wait for it. */
import type { Tokens } from './tokens.ts';

export type Renewal =
  | { readonly ok: true; readonly tokens: Tokens }
  /** `reauthorize`: only the user can fix it. */
  | { readonly ok: false; readonly error: string; readonly reauthorize: boolean };

/** The client has no usable grant any more. */
export function lost(error: string): Renewal {
  return { ok: false, error, reauthorize: true };
}

/** It may work later; the tokens are kept. */
export function failed(error: string): Renewal {
  return { ok: false, error, reauthorize: false };
}
