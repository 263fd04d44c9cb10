import type { Scenario } from '../../src/run/scenario.ts';

/** `times`: an expired code or a wrong verifier fails one login; refused credentials fail every login until the configuration is fixed. */
const REFUSALS = [
  { phase: 'expired-code', fault: 'expired-code', times: 1 },
  { phase: 'invalid-verifier', fault: 'invalid-verifier', times: 1 },
  { phase: 'invalid-client', fault: 'invalid-client', times: Infinity },
  { phase: 'lost-answer', fault: 'reset-after-commit', times: 1 },
];

/** Refuses a code at the token endpoint, or loses the answer to it; each time followed by an undisturbed login. */
export default {
  id: 'refused-codes',
  title: 'The code is refused, or the response to the code exchange is lost',
  rank: 22,
  run: async (stage) => {
    await stage.login();
    let waitMs = stage.holdMs;
    for (const { phase, fault, times } of REFUSALS) {
      stage.phase(phase);
      const armed = stage.control.inject({ fault, times, on: 'code' });
      const answer = await stage.attempt({}, waitMs);
      armed.disarm();
      // The harness waits for the full time only once for a client that leaves logins unanswered.
      if (answer === undefined) waitMs = stage.quietMs;
      stage.phase('honest', `after ${phase}`);
      await stage.reconnect();
    }
  },
} satisfies Scenario;
