import type { Scenario } from '../../src/run/scenario.ts';

/** Kills the client when it first uses a new access token, and restarts it: it must have stored what it used. */
export default {
  id: 'crash-after-refresh',
  title: 'The client is killed as soon as it uses its new access token, then restarted',
  rank: 14,
  skip: ({ abilities }) => (abilities.restart ? undefined : 'The driver cannot restart the client.'),
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('crash');
    stage.control.expireAccessTokens();
    const answer = stage.control.hold({ point: 'refresh-answer', limit: 1 });
    const pending = stage.client.call();
    const [refreshed] = await stage.gathered(answer, 1, pending);
    if (refreshed === undefined) return;
    const use = stage.control.hold({ point: 'resource-answer' });
    refreshed.open();
    await stage.gathered(use, 1, pending);
    const restarted = await stage.client.restart({ kill: true });
    use.close();
    await pending;
    if (restarted.result !== 'ok') return;
    stage.phase('after-crash');
    await stage.refreshByCall();
  },
} satisfies Scenario;
