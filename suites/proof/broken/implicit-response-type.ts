import { authorizeQuery } from '../client/authorize-url.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The authorization request asks for a token instead of a code.',
  behaviours: {
    authorizeQuery: (login, pkce, env) => ({ ...authorizeQuery(login, pkce, env), response_type: 'token' }),
  },
  expect: { 'AZ-01': 'warn' },
} satisfies Variant;
