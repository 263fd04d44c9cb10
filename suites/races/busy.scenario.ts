import type { Scenario } from '../../src/run/scenario.ts';

/** Answers a refresh with "token request is already being processed" although no other request refreshes. */
export default {
  id: 'busy',
  title: 'A refresh is answered with "token request is already being processed"',
  rank: 21,
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('busy');
    stage.control.inject({ fault: 'busy' });
    await stage.refreshByCall();
    await stage.quiet();
    stage.phase('next');
    await stage.calls(1);
    await stage.client.status();
  },
} satisfies Scenario;
