import { apiRequest } from '../client/call.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'refresh-token-to-api',
  bug: 'The refresh token travels with every API call, in a header of its own.',
  client: 'public',
  behaviours: {
    apiRequest: (tokens, env) => {
      const request = apiRequest(tokens, env);
      return { ...request, headers: { ...request.headers, 'x-refresh-token': tokens.refreshToken ?? '' } };
    },
  },
  expect: { 'HYG-02': 'warn' },
} satisfies Variant;
