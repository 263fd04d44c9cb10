import { send } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The logout puts the refresh token into the URL of the revocation endpoint.',
  behaviours: {
    send: (request, purpose) => {
      if (purpose !== 'revoke') return send(request);
      const { method: _, form, ...rest } = request;
      return send({ ...rest, method: 'GET', url: `${request.url}?${String(form)}` });
    },
  },
  expect: { 'HYG-08': 'warn' },
} satisfies Variant;
