import type { Scenario } from '../../src/run/scenario.ts';

/** Answers refreshes without a refresh token, as Salesforce does while rotation is off. */
export default {
  id: 'no-new-token',
  title: 'Refresh responses without a new refresh token',
  rank: 16,
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('unrotated');
    const fault = stage.control.inject({ fault: 'no-refresh-token', times: 2 });
    await stage.refreshByCall();
    await stage.refreshByCall();
    fault.disarm();
    stage.phase('rotated-again');
    await stage.refreshByCall();
  },
} satisfies Scenario;
