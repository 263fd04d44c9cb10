import type { Variant } from '../client/variant.ts';
import { wrapActions } from '../client/verbs.ts';

let last: Promise<unknown> = Promise.resolve();

export default {
  name: 'serial',
  bug: 'One verb after the other, whatever is asked meanwhile.',
  client: 'public',
  behaviours: {
    verbs: (verbs) =>
      wrapActions(verbs, (verb, name) => {
        if (name === 'redirect') return verb;
        return (request, emit) => {
          const answer = last.then(() => verb(request, emit));
          last = answer.catch(() => undefined);
          return answer;
        };
      }),
  },
  expect: {},
} satisfies Variant;
