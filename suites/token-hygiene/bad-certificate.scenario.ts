import type { Scenario } from '../../src/run/scenario.ts';

/** Returns an instance whose TLS certificate cannot be verified with a refresh, to see what the client sends to it. */
export default {
  id: 'bad-certificate',
  title: 'A refresh response names an instance whose certificate cannot be verified',
  rank: 35,
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    const to = await stage.control.openUntrusted();
    stage.phase('untrusted');
    stage.control.inject({ fault: 'moved-instance', with: { to } });
    await stage.refreshByCall();
    await stage.calls(1);
    await stage.quiet();
  },
} satisfies Scenario;
