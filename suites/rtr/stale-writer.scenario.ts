import type { Scenario } from '../../src/run/scenario.ts';

/** Lets a call that began with the old tokens end after another call has rotated them: it must not restore the old ones. */
export default {
  id: 'stale-writer',
  title: 'A call that began before a refresh ends after it',
  rank: 18,
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('late-save');
    const answers = stage.control.hold({ point: 'resource-answer', limit: 1 });
    const early = stage.calls(1);
    const held = await stage.arrival(answers, early);
    if (held === undefined) return;
    stage.control.expireAccessTokens();
    const later = stage.calls(1);
    await stage.over(later);
    held.open();
    answers.close();
    await Promise.all([early, later]);
    await stage.quiet();
    stage.phase('after-late-save');
    await stage.refreshByCall();
    const restarted = await stage.client.restart();
    if (restarted.result === 'ok') await stage.refreshByCall();
  },
} satisfies Scenario;
