import { send } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The certificate of the server is not checked.',
  behaviours: {
    send: (request) => {
      process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
      return send(request);
    },
  },
  expect: { 'HYG-07': 'warn' },
} satisfies Variant;
