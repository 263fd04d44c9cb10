/** The reference client: every behaviour as it ought to be. */
import { authorizeQuery } from './authorize-url.ts';
import { readCallback } from './callback.ts';
import { apiRequest, call, isExpired } from './call.ts';
import { challenge } from './challenge.ts';
import { createFlight } from './flight.ts';
import { send } from './http.ts';
import { createLock } from './lock.ts';
import { redeem } from './login.ts';
import { createLogins } from './logins.ts';
import { disconnect, status } from './logout.ts';
import { interpret } from './outcome.ts';
import type { Behaviours } from './parts.ts';
import { renew } from './renew.ts';
import { onGranted, onRejected, pause, rotate } from './rotate.ts';
import { state } from './state.ts';
import { createStore } from './store.ts';
import { authenticate, codeForm, refreshForm } from './token-request.ts';
import { merge } from './tokens.ts';
import { verifier } from './verifier.ts';

/** What a correct client does. */
export const reference: Behaviours = {
  verifier,
  challenge,
  state,
  authorizeQuery,
  createLogins,
  readCallback,
  codeForm,
  refreshForm,
  authenticate,
  send,
  interpret,
  redeem,
  merge,
  createStore,
  createLock,
  createFlight,
  renew,
  rotate,
  pause,
  onGranted,
  onRejected,
  apiRequest,
  isExpired,
  call,
  disconnect,
  status,
  actions: (actions) => actions,
};
