import { send } from '../client/http.ts';
import { failed } from '../client/renewal.ts';
import { onGranted, onRejected } from '../client/rotate.ts';
import type { Variant } from '../client/variant.ts';

/** The last refresh ended in trouble, and none has worked since. */
let doubt = false;

export default {
  bug: 'When the answer to a refresh was lost, the rejection that follows is not believed: the consumed token is sent with every call.',
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
    onGranted: (sent, granted, parts) => {
      doubt = false;
      return onGranted(sent, granted, parts);
    },
    onRejected: (sent, error, parts) => (doubt ? failed(error) : onRejected(sent, error, parts)),
  },
  expect: { 'RES-05': 'warn', 'RES-06': 'warn', 'RES-07': 'warn' },
} satisfies Variant;
