import { request, toAnswer } from '../client/call.ts';
import { failure } from '../client/actions.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Every call refreshes first, though the access token is alive.',
  behaviours: {
    call: async (parts) => {
      const tokens = parts.store.read();
      if (tokens === undefined) return failure('not connected', true);
      const renewal = await parts.behaviours.renew(tokens, parts);
      if (!renewal.ok) return failure(renewal.error, renewal.reauthorize);
      return toAnswer(await request(renewal.tokens, parts));
    },
  },
  expect: { 'RTR-11': 'warn' },
} satisfies Variant;
