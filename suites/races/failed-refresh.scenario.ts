import type { Scenario } from '../../src/run/scenario.ts';

/** Refreshes fail for as long as one call lasts; then they work again. */
const failedRefresh: Scenario = {
  id: 'failed-refresh',
  title: 'The token endpoint answers 503 during one call',
  rank: 22,
  play: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('failure');
    const fault = stage.control.inject({ fault: 'service-unavailable', times: Infinity });
    await stage.refreshByCall();
    await stage.quiet();
    fault.disarm();
    stage.phase('next');
    await stage.calls(1);
    await stage.client.status();
  },
};
export default failedRefresh;
