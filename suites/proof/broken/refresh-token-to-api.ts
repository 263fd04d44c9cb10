import { apiRequest } from '../client/call.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The refresh token travels with every API call, in a header of its own.',
  behaviours: {
    apiRequest: (tokens, env) => {
      const request = apiRequest(tokens, env);
      return { ...request, headers: { ...request.headers, 'x-refresh-token': tokens.refreshToken ?? '' } };
    },
  },
  expect: { 'HYG-02': 'warn' },
} satisfies Variant;
