/** Makes concurrent calls that all get a 401 at the same time, and lets their refreshes contend. */
import type { Scenario, ScenarioContext } from '../../src/run/scenario.ts';

/** Creates a scenario with `size(stage)` concurrent calls. All 401s are held until every contender has arrived, and so are all refreshes.
 * The first refresh succeeds; its answer is held until the others have been answered "already being processed". */
export function concurrentCallsScenario(
  id: string,
  title: string,
  rank: number,
  size: (stage: ScenarioContext) => number,
): Scenario {
  return {
    id,
    title,
    rank,
    run: async (stage) => {
      await stage.login();
      await stage.calls(1);
      stage.phase('herd');
      const k = size(stage);
      stage.control.expireAccessTokens();
      const denied = stage.control.hold({ point: 'resource-denied' });
      const requests = stage.control.hold({ point: 'refresh-request' });
      const answers = stage.control.hold({ point: 'refresh-answer', limit: 1 });
      const calls = stage.calls(k);
      await stage.gathered([denied, requests], k, calls);
      denied.close();
      const contenders = await stage.gathered(requests, k, calls);
      const [winner, ...losers] = contenders;
      winner?.open();
      if (winner !== undefined) await Promise.race([stage.gathered(answers, 1, calls), winner.ended]);
      for (const loser of losers) loser.open();
      await Promise.all(losers.map((loser) => loser.ended));
      requests.close();
      answers.close();
      await calls;
      await stage.quiet();
      stage.phase('later');
      await stage.refreshByCall();
      stage.phase('status');
      await stage.client.status();
    },
  };
}
