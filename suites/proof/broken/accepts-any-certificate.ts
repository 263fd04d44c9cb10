import { send } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'accepts-any-certificate',
  bug: 'The certificate of the server is not checked.',
  client: 'public',
  behaviours: {
    send: (request) => {
      process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
      return send(request);
    },
  },
  expect: { 'HYG-07': 'warn' },
} satisfies Variant;
