import type { Scenario } from '../../src/run/scenario.ts';

/** Several tabs on one storage find their session dead at the same moment. */
const tabs: Scenario = {
  id: 'tabs',
  title: 'Several tabs on one storage find their session dead at the same moment',
  rank: 28,
  skip: ({ abilities }) => (abilities.tabs ? undefined : 'Only the browser driver has tabs.'),
  play: async (stage) => {
    await stage.login();
    const other = await stage.spawn();
    if (other === undefined) return;
    await stage.calls(1);
    await stage.calls(1, other);
    stage.phase('herd');
    stage.control.expireAccessTokens();
    const denied = stage.control.hold({ point: 'resource-denied' });
    const requests = stage.control.hold({ point: 'refresh-request' });
    const calls = Promise.all([stage.calls(1), stage.calls(1, other)]);
    calls.catch(() => undefined);
    await stage.gathered([denied, requests], 2, calls);
    denied.close();
    await stage.gathered(requests, 2, calls);
    requests.close();
    await calls;
    await stage.quiet();
    stage.phase('later');
    await stage.refreshByCall(other);
    await stage.quiet();
  },
};
export default tabs;
