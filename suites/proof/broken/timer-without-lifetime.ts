import { onGranted } from '../client/rotate.ts';
import { redeem } from '../client/login.ts';
import type { Parts } from '../client/parts.ts';
import type { Variant } from '../client/variant.ts';

/** Keeps the proof short; the real bug has no end. */
let left = 20;

function schedule(parts: Parts): void {
  const expiresIn = Number(undefined);
  setTimeout(() => {
    const tokens = parts.store.read();
    if (tokens === undefined || left <= 0) return;
    left -= 1;
    void parts.behaviours.renew(tokens, parts);
  }, expiresIn * 1000);
}

export default {
  name: 'timer-without-lifetime',
  bug: 'The refresh is scheduled by expires_in, which Salesforce does not send, so the timer fires at once, again and again.',
  client: 'public',
  behaviours: {
    redeem: async (login, code, parts) => {
      const answer = await redeem(login, code, parts);
      if (answer.ok) schedule(parts);
      return answer;
    },
    onGranted: (presented, granted, parts) => {
      const renewal = onGranted(presented, granted, parts);
      schedule(parts);
      return renewal;
    },
  },
  expect: { 'RTR-10': 'warn', 'RTR-11': 'warn' },
} satisfies Variant;
