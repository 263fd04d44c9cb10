import { ask } from '../client/ask.ts';
import { failed } from '../client/renewal.ts';
import { rotate } from '../client/rotate.ts';
import { authenticate } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

/** Secrets of earlier years, still in its configuration. */
const EARLIER = ['0'.repeat(64), '1'.repeat(64)];
let guess: string | undefined;

export default {
  bug: 'When its secret is refused at a refresh a confidential client tries the secrets that it had before.',
  client: 'confidential',
  behaviours: {
    authenticate: (request, purpose, env) =>
      authenticate(request, purpose, guess === undefined ? env : { ...env, clientSecret: guess }),
    rotate: async (stale, parts) => {
      const renewal = await rotate(stale, parts);
      if (renewal.ok || !renewal.error.startsWith('invalid_client:')) return renewal;
      for (guess of EARLIER) {
        const outcome = await ask(parts.behaviours.refreshForm(stale, parts.env), 'refresh', parts);
        if (outcome.kind === 'granted') return parts.behaviours.onGranted(stale, outcome.granted, parts);
      }
      guess = undefined;
      return failed(renewal.error);
    },
  },
  expect: { 'ERR-12': 'warn' },
} satisfies Variant;
