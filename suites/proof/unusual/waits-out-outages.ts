import { setTimeout as sleep } from 'node:timers/promises';
import { pause, rotate } from '../client/rotate.ts';
import type { Variant } from '../client/variant.ts';

const FIRST_PAUSE_MS = 150;
const LONGEST_PAUSE_MS = 800;

export default {
  bug: 'A refresh that fails for now is tried again, with pauses that grow, until the outage is over; the call waits for it.',
  behaviours: {
    rotate: async (stale, parts) => {
      for (let leastMs = FIRST_PAUSE_MS; ; leastMs = Math.min(2 * leastMs, LONGEST_PAUSE_MS)) {
        let againMs: number | undefined;
        const behaviours: typeof parts.behaviours = {
          ...parts.behaviours,
          pause: (outcome) => {
            if (outcome.kind !== 'unavailable') return pause(outcome);
            againMs = Math.max(leastMs, outcome.retryAfterMs ?? 0);
            return undefined;
          },
        };
        const renewal = await rotate(stale, { ...parts, behaviours });
        if (againMs === undefined) return renewal;
        await sleep(againMs);
      }
    },
  },
  expect: {},
} satisfies Variant;
