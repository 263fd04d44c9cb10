import { exchange, send } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The refresh token goes into the form as it is, without encoding.',
  behaviours: {
    send: (request, purpose) => {
      if (purpose !== 'refresh' || request.form === undefined) return send(request);
      return exchange(request, { body: Array.from(request.form, ([name, value]) => `${name}=${value}`).join('&') });
    },
  },
  expect: { 'RTR-12': 'warn' },
} satisfies Variant;
