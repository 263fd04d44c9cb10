import { setTimeout as sleep } from 'node:timers/promises';
import { send } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A refresh that is not answered within a second and a half is sent a second time.',
  behaviours: {
    send: (request, purpose) => {
      const first = send(request);
      if (purpose !== 'refresh') return first;
      let answered = false;
      const second = sleep(1_500).then(() => (answered ? first : send(request)));
      return Promise.race([first, second]).finally(() => {
        answered = true;
      });
    },
  },
  expect: { 'RES-03': 'fail' },
} satisfies Variant;
