import { send } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The code is redeemed with a JSON body.',
  behaviours: {
    send: async (request, purpose) => {
      if (purpose !== 'code' || request.form === undefined) return send(request);
      const response = await fetch(request.url, {
        method: 'POST',
        headers: { ...request.headers, 'content-type': 'application/json' },
        body: JSON.stringify(Object.fromEntries(request.form)),
        redirect: 'manual',
        signal: AbortSignal.timeout(20_000),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
  },
  expect: { 'CODE-01': 'warn' },
} satisfies Variant;
