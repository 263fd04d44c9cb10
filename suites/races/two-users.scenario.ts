import type { Scenario } from '../../src/run/scenario.ts';

/** Lets two users of one application refresh at the same time. */
export default {
  id: 'two-users',
  title: 'Two users refresh at the same time',
  rank: 27,
  skip: ({ abilities }) => (abilities.users ? undefined : 'The driver supports one user only.'),
  run: async (stage) => {
    await stage.login();
    const other = await stage.another();
    if (other === undefined) return;
    await stage.login(other);
    await stage.calls(1);
    await stage.calls(1, other);
    stage.phase('together');
    stage.control.expireAccessTokens();
    const requests = stage.control.hold({ point: 'refresh-request' });
    const calls = Promise.all([stage.calls(1), stage.calls(1, other)]);
    calls.catch(() => undefined);
    const held = await stage.gathered(requests, 2, calls);
    for (const one of held.toReversed()) one.open();
    requests.close();
    await calls;
    await stage.quiet();
    stage.phase('user', stage.client.user);
    await stage.refreshByCall();
    stage.phase('user', other.user);
    await stage.refreshByCall(other);
  },
} satisfies Scenario;
