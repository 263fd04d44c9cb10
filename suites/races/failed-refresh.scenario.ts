import type { Scenario } from '../../src/run/scenario.ts';
import { untilOver } from '../error-handling/passing-fault.ts';

/** Makes refreshes fail during one call, for at most `run.holdMs`; then they succeed again. */
export default {
  id: 'failed-refresh',
  title: 'The token endpoint answers 503 during one call',
  rank: 22,
  heldMs: ({ holdMs }) => holdMs,
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('failure');
    const fault = stage.control.inject({ fault: 'service-unavailable', times: Infinity });
    const end = (): void => {
      fault.disarm();
    };
    await untilOver(stage, stage.refreshByCall(), end, fault.first);
    await stage.quiet();
    fault.disarm();
    stage.phase('next');
    await stage.calls(1);
    await stage.client.status();
  },
} satisfies Scenario;
