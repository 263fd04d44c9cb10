import type { Scenario } from '../../src/run/scenario.ts';

/** Logs the user out while a refresh is in progress. */
export default {
  id: 'logout-race',
  title: 'The user logs out during a refresh',
  rank: 25,
  skip: ({ abilities }) => (abilities.disconnect ? undefined : 'The driver cannot log the client out.'),
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('logout');
    stage.control.expireAccessTokens();
    const answers = stage.control.hold({ point: 'refresh-answer', limit: 1 });
    const call = stage.calls(1);
    const held = await stage.arrival(answers, call);
    if (held === undefined) return;
    const logout = stage.client.disconnect();
    await stage.over(logout);
    held.open();
    answers.close();
    await call;
    const { result } = await logout;
    await stage.quiet();
    if (result === 'unsupported') return;
    stage.phase('logged-out');
    await stage.calls(1);
    await stage.client.status();
    await stage.quiet();
  },
} satisfies Scenario;
