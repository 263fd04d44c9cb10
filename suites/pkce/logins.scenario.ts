import type { Scenario } from '../../src/run/scenario.ts';

/** Makes three logins, restarts the client if the driver can, and makes three more, one of them by another user if the driver can. */
export default {
  id: 'logins',
  title: 'Several logins, across a restart and across users',
  rank: 2,
  run: async (stage) => {
    for (let n = 0; n < 3; n += 1) await stage.login();
    stage.phase('restarted');
    await stage.client.restart();
    for (let n = 0; n < 2; n += 1) await stage.login();
    stage.phase('another-user');
    const other = await stage.another();
    await stage.login(other ?? stage.client);
  },
} satisfies Scenario;
