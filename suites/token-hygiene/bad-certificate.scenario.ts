import type { Scenario } from '../../src/run/scenario.ts';

/** A refresh answer names an instance that speaks TLS with a certificate that cannot be verified: what does the client send there? */
const badCertificate: Scenario = {
  id: 'bad-certificate',
  title: 'A refresh response names an instance whose certificate cannot be verified',
  rank: 35,
  play: async (stage) => {
    await stage.login();
    await stage.calls(1);
    const to = await stage.control.openUntrusted();
    stage.phase('untrusted');
    stage.control.inject({ fault: 'moved-instance', with: { to } });
    await stage.refreshByCall();
    await stage.calls(1);
    await stage.quiet();
  },
};
export default badCertificate;
