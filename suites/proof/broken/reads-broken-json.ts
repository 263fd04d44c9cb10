import { interpret } from '../client/outcome.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'reads-broken-json',
  bug: 'The tokens are cut out of the answer with an expression, so half an answer is stored.',
  client: 'public',
  behaviours: {
    interpret: (answer) => {
      const accessToken = /"access_token"\s*:\s*"([^"]+)/.exec(answer.text)?.[1];
      if (answer.status !== 200 || accessToken === undefined) return interpret(answer);
      const refreshToken = /"refresh_token"\s*:\s*"([^"]+)/.exec(answer.text)?.[1];
      const instanceUrl = /"instance_url"\s*:\s*"([^"]+)"/.exec(answer.text)?.[1];
      return { kind: 'granted', granted: { accessToken, refreshToken, instanceUrl } };
    },
  },
  expect: { 'RES-06': 'warn' },
} satisfies Variant;
