import { exchange } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

let refreshes = 0;

export default {
  bug: 'Every second refresh leaves through another gateway, whose address is not declared.',
  egress: ['127.0.0.1'],
  behaviours: {
    send: (request) => {
      const refreshing = request.form?.get('grant_type') === 'refresh_token';
      if (refreshing) refreshes += 1;
      return exchange(request, {
        agent: false,
        localAddress: refreshing && refreshes % 2 === 0 ? '127.0.0.2' : '127.0.0.1',
      });
    },
  },
  expect: { 'IP-01': 'fail' },
} satisfies Variant;
