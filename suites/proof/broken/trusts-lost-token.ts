import { send } from '../client/http.ts';
import { failed } from '../client/renewal.ts';
import { onGranted, onRejected } from '../client/rotate.ts';
import type { Variant } from '../client/variant.ts';

/** The last refresh ended in trouble, and none has worked since. */
let doubt = false;

export default {
  name: 'trusts-lost-token',
  bug: 'When the answer to a refresh was lost, the rejection that follows is not believed: the consumed token is presented with every call.',
  client: 'public',
  behaviours: {
    send: async (request, purpose) => {
      if (purpose !== 'refresh') return send(request);
      try {
        const answer = await send(request);
        if (answer.status >= 500) doubt = true;
        return answer;
      } catch (cause) {
        doubt = true;
        throw cause;
      }
    },
    onGranted: (presented, granted, parts) => {
      doubt = false;
      return onGranted(presented, granted, parts);
    },
    onRejected: (presented, error, parts) => (doubt ? failed(error) : onRejected(presented, error, parts)),
  },
  expect: { 'RES-05': 'warn', 'RES-06': 'warn', 'RES-07': 'warn' },
} satisfies Variant;
