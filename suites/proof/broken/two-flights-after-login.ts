import { createFlight } from '../client/flight.ts';
import { redeem } from '../client/login.ts';
import { noFlight, noLock } from '../client/unguarded.ts';
import { createLock } from '../client/lock.ts';
import type { Variant } from '../client/variant.ts';

/** Logins of this process. */
let logins = 0;

export default {
  bug: 'A second login of the same process leaves each caller with a refresh of its own.',
  behaviours: {
    redeem: (login, code, parts) => {
      logins += 1;
      return redeem(login, code, parts);
    },
    createFlight: () => {
      const [shared, own] = [createFlight(), noFlight()];
      return { run: (work) => (logins > 1 ? own : shared).run(work), idle: () => shared.idle() };
    },
    createLock: (env) => {
      const [real, none] = [createLock(env), noLock()];
      return { run: (work) => (logins > 1 ? none : real).run(work) };
    },
  },
  expect: { 'MIX-01': 'warn' },
} satisfies Variant;
