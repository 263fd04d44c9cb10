import type { Scenario } from '../../src/run/scenario.ts';

/** Salesforce keeps five approvals per user and app; a sixth revokes the oldest. */
const MOST = 5;

/** Connects the same user once more than the limit, which revokes the oldest approval. */
export default {
  id: 'approvals',
  title: 'The same user connects six times, and the oldest approval ends',
  rank: 34,
  run: async (stage) => {
    const before = stage.control.families().length;
    for (let n = 0; n <= MOST; n += 1) await stage.login();
    await stage.calls(1);
    // The families of earlier scenarios come first in the list.
    const oldest = stage.control.families()[before];
    if (oldest === undefined) return;
    stage.phase('limit', oldest.id);
    stage.control.rejectRefreshTokens(oldest.id, 'approval-limit');
    await stage.calls(1);
    await stage.refreshByCall();
  },
} satisfies Scenario;
