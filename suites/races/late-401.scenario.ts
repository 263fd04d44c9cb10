import type { Scenario, ScenarioContext } from '../../src/run/scenario.ts';

/** Makes two calls with an expired session: one gets its 401 only after the other has refreshed. Then further calls get their 401 while
 * the new token is being delivered and may not be stored yet. */
export default {
  id: 'late-401',
  title: 'A call gets its 401 (expired session) after another call has refreshed',
  rank: 20,
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('late');
    stage.control.expireAccessTokens();
    const denied = stage.control.hold({ point: 'resource-denied', limit: 1 });
    const first = stage.calls(1);
    const held = await stage.arrival(denied, first);
    if (held === undefined) return;
    const second = stage.calls(1);
    await stage.over(second);
    held.open();
    denied.close();
    await Promise.all([first, second]);
    await stage.quiet();
    stage.phase('later');
    await stage.refreshByCall();
    stage.phase('moments');
    await moments(stage);
    await stage.quiet();
  },
} satisfies Scenario;

/** When calls get their 401 after the refresh was answered, as fractions of `quietMs`: the client has not read the answer yet, is reading
 * it, or is about to store it. */
const MOMENTS = [0, 1 / 60, 1 / 20, 1 / 8] as const;

/** Sends calls their 401 just after the refresh of another call was answered. Skips clients whose calls refresh concurrently: the
 * scenarios with concurrent calls show their fault. */
async function moments(stage: ScenarioContext): Promise<void> {
  stage.control.expireAccessTokens();
  const denied = stage.control.hold({ point: 'resource-denied', limit: MOMENTS.length });
  const requests = stage.control.hold({ point: 'refresh-request' });
  const answers = stage.control.hold({ point: 'refresh-answer', limit: 1 });
  const lateCalls = stage.calls(MOMENTS.length);
  const late = await stage.gathered([denied, requests], MOMENTS.length, lateCalls);
  const others = late.length === 0 || requests.held.length > 0 ? undefined : stage.calls(2);
  const refreshes = others === undefined ? [] : await stage.gathered(requests, 2, others);
  const all = Promise.all([lateCalls, others]);
  if (others !== undefined && refreshes.length === 1) {
    requests.close();
    const answer = await stage.arrival(answers, others);
    answer?.open();
    await answer?.ended;
    for (const [n, share] of MOMENTS.entries()) {
      await stage.elapse((share - (MOMENTS[n - 1] ?? 0)) * stage.quietMs);
      denied.held[n]?.open();
    }
  } else {
    denied.close();
    await stage.gathered(requests, MOMENTS.length + 2, all);
  }
  for (const gate of [denied, requests, answers]) gate.close();
  await all;
}
