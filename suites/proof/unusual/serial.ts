import type { Variant } from '../client/variant.ts';
import { wrapActions } from '../client/actions.ts';

let last: Promise<unknown> = Promise.resolve();

export default {
  bug: 'One action after the other, whatever is asked meanwhile.',
  behaviours: {
    actions: (actions) =>
      wrapActions(actions, (action, name) => {
        if (name === 'redirect') return action;
        return (request, emit) => {
          const answer = last.then(() => action(request, emit));
          last = answer.catch(() => undefined);
          return answer;
        };
      }),
  },
  expect: {},
} satisfies Variant;
