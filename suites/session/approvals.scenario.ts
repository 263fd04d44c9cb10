import type { Scenario } from '../../src/run/scenario.ts';

/** Salesforce keeps five approvals per user and app; one more ends the oldest. */
const MOST = 5;

/** The same user connects once more than the limit, and the oldest approval ends. */
const approvals: Scenario = {
  id: 'approvals',
  title: 'The same user connects six times, and the oldest approval ends',
  rank: 34,
  play: async (stage) => {
    const before = stage.control.families().length;
    for (let n = 0; n <= MOST; n += 1) await stage.login();
    await stage.calls(1);
    // The families of earlier scenarios come first.
    const oldest = stage.control.families()[before];
    if (oldest === undefined) return;
    stage.phase('limit', oldest.id);
    stage.control.rejectRefreshTokens(oldest.id, 'approval-limit');
    await stage.calls(1);
    await stage.refreshByCall();
  },
};
export default approvals;
