import { send } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The refresh token goes into the form as it is, without encoding.',
  behaviours: {
    send: async (request, purpose) => {
      if (purpose !== 'refresh' || request.form === undefined) return send(request);
      const body = Array.from(request.form, ([name, value]) => `${name}=${value}`).join('&');
      const response = await fetch(request.url, {
        method: 'POST',
        headers: { ...request.headers, 'content-type': 'application/x-www-form-urlencoded' },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(20_000),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
  },
  expect: { 'RTR-12': 'warn' },
} satisfies Variant;
