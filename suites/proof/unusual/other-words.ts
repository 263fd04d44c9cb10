import type { Variant } from '../client/variant.ts';
import { wrapActions } from '../client/actions.ts';

const WORDS = `Verbindung getrennt – bitte neu anmelden ✋ ${'·'.repeat(3000)}`;

export default {
  bug: 'Its failures are reported in its own words, long ones.',
  behaviours: {
    actions: (actions) =>
      wrapActions(actions, (action) => async (request, emit) => {
        const answer = await action(request, emit);
        return answer.ok ? answer : { ...answer, error: WORDS };
      }),
  },
  expect: {},
} satisfies Variant;
