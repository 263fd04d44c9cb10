import { interpret } from '../client/outcome.ts';
import { failed, lost } from '../client/renewal.ts';
import { rotate } from '../client/rotate.ts';
import type { Variant } from '../client/variant.ts';

let blocked = false;

export default {
  bug: 'When the address or the hour is refused it asks its user to connect again, keeps its token, and tries it once more with the next call.',
  behaviours: {
    interpret: (answer) => {
      const outcome = interpret(answer);
      blocked = outcome.kind === 'refused' && outcome.error.startsWith('invalid_grant');
      return outcome;
    },
    rotate: async (stale, parts) => {
      const renewal = await rotate(stale, parts);
      if (renewal.ok || renewal.reauthorize) return renewal;
      return blocked ? lost(renewal.error) : failed(renewal.error);
    },
  },
  expect: {},
} satisfies Variant;
