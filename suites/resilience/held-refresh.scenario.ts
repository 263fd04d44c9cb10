import type { Scenario } from '../../src/run/scenario.ts';
import { holdRefresh } from './hold-refresh.ts';

/** A refresh is carried out, and its answer is held for `run.holdMs`: does the client send again, or give up? Meanwhile the same process
 * is asked for another call, and so is one that shares its store, where the client is declared to have such: do they wait as long? */
const heldRefresh: Scenario = {
  id: 'held-refresh',
  title: 'The response to a refresh is held for `run.holdMs`, while further calls wait for it',
  rank: 31,
  long: true,
  heldMs: ({ holdMs }) => holdMs,
  play: async (stage) => {
    if (!(await holdRefresh(stage, stage.holdMs))) return;
    stage.phase('after');
    await stage.calls(1);
    await stage.client.status();
  },
};
export default heldRefresh;
