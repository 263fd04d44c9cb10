import { failed } from '../client/renewal.ts';
import { renew } from '../client/renew.ts';
import type { Variant } from '../client/variant.ts';

const OPEN_MS = 60_000;
let openUntil = 0;

export default {
  bug: 'After one failed refresh a circuit breaker lets no token request through for a minute.',
  behaviours: {
    renew: async (stale, parts) => {
      if (performance.now() < openUntil) return failed('the circuit breaker is open');
      const renewal = await renew(stale, parts);
      if (!renewal.ok && !renewal.reauthorize) openUntil = performance.now() + OPEN_MS;
      return renewal;
    },
  },
  expect: { 'RACE-15': 'warn' },
} satisfies Variant;
