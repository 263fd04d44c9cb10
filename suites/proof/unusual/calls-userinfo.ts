import { apiRequest } from '../client/call.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Its API call is the userinfo endpoint, where an expired session shows as 403 Bad_OAuth_Token.',
  behaviours: {
    apiRequest: (tokens, env) => ({ ...apiRequest(tokens, env), url: `${env.loginUrl}/services/oauth2/userinfo` }),
  },
  expect: {},
} satisfies Variant;
