import type { Scenario } from '../../src/run/scenario.ts';

/** `times`: an expired code or a wrong verifier concerns one login; credentials are refused until their configuration is fixed. */
const REFUSALS = [
  { phase: 'expired-code', fault: 'expired-code', times: 1 },
  { phase: 'invalid-verifier', fault: 'invalid-verifier', times: 1 },
  { phase: 'invalid-client', fault: 'invalid-client', times: Infinity },
  { phase: 'lost-answer', fault: 'reset-after-commit', times: 1 },
];

/** The token endpoint refuses a code, or its answer is lost; each followed by an honest login. */
const refusedCodes: Scenario = {
  id: 'refused-codes',
  title: 'The code is refused, or the response to the code exchange is lost',
  rank: 22,
  play: async (stage) => {
    await stage.login();
    let waitMs = stage.holdMs;
    for (const { phase, fault, times } of REFUSALS) {
      stage.phase(phase);
      const armed = stage.control.inject({ fault, times, on: 'code' });
      const answer = await stage.attempt({}, waitMs);
      armed.disarm();
      // A client that has kept its user waiting once is not waited for that long again.
      if (answer === undefined) waitMs = stage.quietMs;
      stage.phase('honest', `after ${phase}`);
      await stage.reconnect();
    }
  },
};
export default refusedCodes;
