import { send } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A redirect of the token endpoint is followed, credentials and all.',
  behaviours: {
    send: async (request, purpose) => {
      const answer = await send(request);
      const target = answer.headers.get('location');
      if (purpose === 'api' || answer.status < 300 || answer.status > 399 || target === null) return answer;
      return send({ ...request, url: new URL(target, request.url).href });
    },
  },
  expect: { 'RES-10': 'warn' },
} satisfies Variant;
