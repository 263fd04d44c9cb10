import { interpret } from '../client/outcome.ts';
import { lost } from '../client/renewal.ts';
import { noFlight, noLock } from '../client/unguarded.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: "Callers race, and the one that loses deletes the winner's tokens and asks for a login.",
  behaviours: {
    createFlight: noFlight,
    createLock: noLock,
    interpret: (answer) => {
      const outcome = interpret(answer);
      return outcome.kind === 'busy' ? { kind: 'rejected', error: outcome.error } : outcome;
    },
    onRejected: (_sent, error, { store }) => {
      store.clear();
      return lost(error);
    },
  },
  expect: {
    'RACE-01': 'fail',
    'RACE-02': 'fail',
    'RACE-03': 'inconclusive',
    'RACE-04': 'warn',
    'RACE-08': 'inconclusive',
    'RACE-13': 'fail',
  },
} satisfies Variant;
