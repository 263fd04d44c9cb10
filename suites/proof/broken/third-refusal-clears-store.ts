import { interpret } from '../client/outcome.ts';
import { failed, lost } from '../client/renewal.ts';
import { onRejected } from '../client/rotate.ts';
import { noFlight, noLock } from '../client/unguarded.ts';
import type { Variant } from '../client/variant.ts';

/** Refused in a row, with no new tokens in between. */
let refused = 0;

export default {
  bug: 'Callers race; two that lose are let go, and the third that loses deletes the tokens of the winner.',
  behaviours: {
    createFlight: noFlight,
    createLock: noLock,
    interpret: (answer) => {
      const outcome = interpret(answer);
      if (outcome.kind === 'granted') refused = 0;
      return outcome.kind === 'busy' ? { kind: 'rejected', error: outcome.error } : outcome;
    },
    onRejected: (sent, error, parts) => {
      if (!/being processed/iu.test(error)) return onRejected(sent, error, parts);
      refused += 1;
      if (refused < 3) return failed(error);
      refused = 0;
      parts.store.clear();
      return lost(error);
    },
  },
  expect: {
    'RACE-01': 'fail',
    'RACE-02': 'fail',
    'RACE-08': 'inconclusive',
    'RACE-13': 'fail',
  },
} satisfies Variant;
