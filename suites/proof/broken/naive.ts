import { ask } from '../client/ask.ts';
import { failed } from '../client/renewal.ts';
import { merge } from '../client/tokens.ts';
import { noFlight, noLock } from '../client/unguarded.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'What is written in a hurry: PKCE is right, but every 401 refreshes by itself, the new refresh token is thrown away, and a failure is tried again at once.',
  behaviours: {
    createFlight: noFlight,
    createLock: noLock,
    rotate: async (stale, parts) => {
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const outcome = await ask(parts.behaviours.refreshForm(stale, parts.env), 'refresh', parts);
        if (outcome.kind === 'granted') return parts.behaviours.onGranted(stale, outcome.granted, parts);
      }
      return failed('could not refresh');
    },
    merge: (before, granted, loginUrl) => ({
      ...merge(before, granted, loginUrl),
      refreshToken: before?.refreshToken ?? granted.refreshToken,
    }),
  },
  expect: {
    'RTR-02': 'fail',
    'RTR-03': 'inconclusive',
    'RACE-01': 'fail',
    'RACE-07': 'warn',
    'RES-02': 'warn',
    'RACE-02': 'fail',
    'RACE-14': 'inconclusive',
    'ERR-01': 'fail',
    'ERR-02': 'fail',
    'ERR-03': 'fail',
  },
} satisfies Variant;
