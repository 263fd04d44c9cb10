import type { Scenario } from '../../src/run/scenario.ts';

/** A refresh is carried out, and its answer is held for `run.holdMs`: does the client send again, or give up? */
const heldRefresh: Scenario = {
  id: 'held-refresh',
  title: 'The answer to a refresh is held for as long as `run.holdMs`',
  rank: 31,
  heldMs: ({ holdMs }) => holdMs,
  play: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('held');
    stage.control.expireAccessTokens();
    const answers = stage.control.hold({ point: 'refresh-answer', limit: 1 });
    const call = stage.calls(1);
    const [held] = await stage.gathered(answers, 1, call);
    if (held === undefined) return;
    const requests = stage.control.hold({ point: 'refresh-request' });
    // A second presentation shows all that there is to see. A client that has given up may still come back on its own.
    await stage.elapse(stage.holdMs, requests.next());
    stage.phase('released');
    held.open();
    answers.close();
    requests.close();
    await held.ended;
    await call;
    await stage.quiet();
    stage.phase('after');
    await stage.calls(1);
    await stage.client.status();
  },
};
export default heldRefresh;
