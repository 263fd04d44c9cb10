/** One refresh, with the store to itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './ask.ts';
import type { Outcome } from './outcome.ts';
import type { Parts } from './parts.ts';
import { failed, lost } from './renewal.ts';
import type { Renewal } from './renewal.ts';
import type { Granted, Tokens } from './tokens.ts';

const MAX_PAUSE_MS = 10_000;

/**
 * Reads the store again first, because another process may have refreshed already; then sends the refresh token, at most twice, and
 * stores the answer before anybody uses it.
 */
export async function rotate(stale: Tokens, parts: Parts): Promise<Renewal> {
  const { env, behaviours, store } = parts;
  const current = store.read();
  if (current === undefined) return lost('not connected');
  if (current.accessToken !== stale.accessToken) return { ok: true, tokens: current };
  if (current.refreshToken === undefined) return lost('there is no refresh token');
  const present = (): Promise<Outcome> => ask(behaviours.refreshForm(current, env), 'refresh', parts);

  let outcome = await present();
  const pauseMs = behaviours.pause(outcome);
  if (pauseMs !== undefined) {
    await sleep(pauseMs);
    const newer = store.read();
    if (newer?.accessToken !== stale.accessToken) return newer ? { ok: true, tokens: newer } : lost('not connected');
    outcome = await present();
  }
  if (outcome.kind === 'granted') return behaviours.onGranted(current, outcome.granted, parts);
  if (outcome.kind === 'rejected') return behaviours.onRejected(current, outcome.error, parts);
  return failed(outcome.error);
}

/** A second attempt follows a lock answer after 150–250 ms, and server or network trouble after 120 ms or what the server asks. */
export function pause(outcome: Outcome): number | undefined {
  if (outcome.kind === 'busy') return 150 + Math.random() * 100;
  if (outcome.kind !== 'unavailable') return undefined;
  const ms = Math.max(120, outcome.retryAfterMs ?? 0);
  return ms > MAX_PAUSE_MS ? undefined : ms;
}

/** Stores the new tokens first. If a login or logout has changed the store meanwhile, that counts, not this answer. */
export function onGranted(sent: Tokens, granted: Granted, parts: Parts): Renewal {
  const { env, behaviours, store } = parts;
  const now = store.read();
  if (now === undefined) return lost('not connected');
  if (now.refreshToken !== sent.refreshToken) return { ok: true, tokens: now };
  const tokens = behaviours.merge(sent, granted, env.loginUrl);
  store.write(tokens);
  return { ok: true, tokens };
}

/** A rejected refresh token may be a stolen one: the tokens are dropped, and the user is asked. Newer ones are left alone. */
export function onRejected(sent: Tokens, error: string, { store }: Parts): Renewal {
  const now = store.read();
  if (now !== undefined && now.refreshToken !== sent.refreshToken) return { ok: true, tokens: now };
  store.clear();
  return lost(error);
}
