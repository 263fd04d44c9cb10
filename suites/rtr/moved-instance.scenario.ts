import type { Scenario } from '../../src/run/scenario.ts';

/** Returns another `instance_url` with a refresh: the org has moved. */
export default {
  id: 'moved-instance',
  title: 'A refresh response names another instance_url',
  rank: 17,
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('moved');
    stage.control.inject({ fault: 'moved-instance' });
    await stage.refreshByCall();
    stage.phase('after-move');
    await stage.calls(1);
  },
} satisfies Scenario;
