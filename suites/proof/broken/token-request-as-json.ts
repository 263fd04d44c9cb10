import { exchange, send } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The code is redeemed with a JSON body.',
  behaviours: {
    send: (request, purpose) => {
      if (purpose !== 'code' || request.form === undefined) return send(request);
      const body = JSON.stringify(Object.fromEntries(request.form));
      return exchange(request, { headers: { 'content-type': 'application/json' }, body });
    },
  },
  expect: { 'CODE-01': 'warn' },
} satisfies Variant;
