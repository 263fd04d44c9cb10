import { send } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A refresh is broken off after a second and a half, and the next call sends the same refresh token.',
  behaviours: {
    send: async (request, purpose) => {
      if (purpose !== 'refresh') return send(request);
      const response = await fetch(request.url, {
        method: request.method,
        headers: request.headers,
        body: request.form ?? '',
        redirect: 'manual',
        signal: AbortSignal.timeout(1_500),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
  },
  expect: { 'RES-08': 'warn' },
} satisfies Variant;
