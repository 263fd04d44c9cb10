import type { Parts } from './parts.ts';
import { failed } from './renewal.ts';
import type { Renewal } from './renewal.ts';
import type { Tokens } from './tokens.ts';

/**
 * New tokens in the place of stale ones: one refresh in the process, one among processes.
 *
 * A caller may join a refresh that ends with the very tokens it found stale, because that one began earlier; then it asks once more.
 */
export async function renew(stale: Tokens, parts: Parts): Promise<Renewal> {
  const { behaviours, flight, lock } = parts;
  for (let round = 0; round < 2; round += 1) {
    const renewal = await flight
      .run(() => lock.run(() => behaviours.rotate(stale, parts)))
      .catch((cause: unknown) => failed(cause instanceof Error ? cause.message : 'the refresh failed'));
    if (!renewal.ok || renewal.tokens.accessToken !== stale.accessToken) return renewal;
  }
  return failed('the refresh brought no new access token');
}
