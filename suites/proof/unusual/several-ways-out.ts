import { exchange } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

let requests = 0;

export default {
  bug: 'Refreshes leave through four gateways in turn, all declared; API calls through one that is not.',
  egress: ['127.0.0.4/31', '127.0.0.6', '127.0.0.7'],
  behaviours: {
    send: (request) => {
      const refreshing = request.form?.get('grant_type') === 'refresh_token';
      requests += 1;
      return exchange(request, {
        agent: false,
        localAddress: refreshing ? `127.0.0.${String(4 + (requests % 4))}` : '127.0.0.1',
      });
    },
  },
  expect: {},
} satisfies Variant;
