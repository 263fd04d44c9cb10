import { setTimeout as sleep } from 'node:timers/promises';
import { send } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'hedges-refresh',
  bug: 'A refresh that is not answered within a second is sent a second time.',
  client: 'public',
  behaviours: {
    send: (request, purpose) => {
      const first = send(request);
      if (purpose !== 'refresh') return first;
      const second = sleep(1000)
        .then(() => Promise.race([first, undefined]))
        .then((answer) => answer ?? send(request));
      return Promise.any([first, second]);
    },
  },
  expect: { 'RES-03': 'fail' },
} satisfies Variant;
