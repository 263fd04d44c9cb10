import { apiRequest } from '../client/call.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The access token is in the URL of API calls as well.',
  behaviours: {
    apiRequest: (tokens, env) => {
      const request = apiRequest(tokens, env);
      return { ...request, url: `${request.url}?access_token=${encodeURIComponent(tokens.accessToken)}` };
    },
  },
  expect: { 'HYG-01': 'warn' },
} satisfies Variant;
