import { apiRequest, call } from '../client/call.ts';
import type { Parts } from '../client/parts.ts';
import type { Variant } from '../client/variant.ts';

const ROUTES = ['/limits', '/sobjects', '/query?q=SELECT+Id+FROM+Account'];

function withRoute(parts: Parts, route: string): Parts {
  const behaviours: Parts['behaviours'] = {
    ...parts.behaviours,
    apiRequest: (tokens, env) => {
      const request = apiRequest(tokens, env);
      return { ...request, url: request.url.replace('/limits', route) };
    },
  };
  return { ...parts, behaviours };
}

export default {
  bug: 'Every call is three API requests at once, to different routes.',
  behaviours: {
    call: async (parts) => {
      const answers = await Promise.all(ROUTES.map((route) => call(withRoute(parts, route))));
      return answers.find((answer) => !answer.ok) ?? { ok: true, status: 200 };
    },
  },
  expect: {},
} satisfies Variant;
