import { setTimeout as sleep } from 'node:timers/promises';
import { send } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';
import { wrapActions } from '../client/actions.ts';

export default {
  bug: 'It takes two seconds to start and 300 ms before each request.',
  behaviours: {
    send: async (request) => {
      await sleep(300);
      return send(request);
    },
    actions: (actions) => {
      const started = sleep(2000);
      return wrapActions(actions, (action) => async (request, emit) => {
        await started;
        return action(request, emit);
      });
    },
  },
  expect: {},
} satisfies Variant;
