import type { Scenario } from '../../src/run/scenario.ts';
import { holdRefresh } from './hold-refresh.ts';

/** Carries out a refresh and holds its answer for `run.holdMs`, to see whether the client sends it again or gives up. Meanwhile the same
 * process is asked for another call, and so is a second process where the client declares a shared store, to see whether they wait. */
export default {
  id: 'held-refresh',
  title: 'The response to a refresh is held for `run.holdMs`, while further calls wait for it',
  rank: 31,
  long: true,
  heldMs: ({ holdMs }) => holdMs,
  run: async (stage) => {
    if (!(await holdRefresh(stage, stage.holdMs))) return;
    stage.phase('after');
    await stage.calls(1);
    await stage.client.status();
  },
} satisfies Scenario;
