import type { Scenario } from '../../src/run/scenario.ts';

/** Logs out a client that has refreshed; then, after a new login, refuses the revocation of a second logout. */
export default {
  id: 'logout',
  title: 'The user logs out, and later logs out again while the revocation is refused',
  rank: 24,
  skip: ({ abilities }) => (abilities.disconnect ? undefined : 'The driver cannot log the client out.'),
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    await stage.refreshByCall();
    stage.phase('logout');
    const { result } = await stage.client.disconnect();
    if (result === 'unsupported') return;
    await stage.quiet();
    stage.phase('logged-out');
    await stage.calls(1);
    await stage.client.status();
    await stage.quiet();
    stage.phase('again');
    await stage.login();
    await stage.calls(1);
    stage.phase('refused-logout');
    stage.control.inject({ fault: 'invalid-token', times: Infinity });
    await stage.client.disconnect();
    await stage.quiet();
    stage.phase('refused-logged-out');
    await stage.calls(1);
    await stage.client.status();
    await stage.quiet();
  },
} satisfies Scenario;
