import type { Scenario, ScenarioContext } from '../../src/run/scenario.ts';

/** Revokes the grant during a session, as an administrator does; later rotates the keys of the app, which ends all its tokens. */
export default {
  id: 'grant-revoked',
  title: 'An administrator revokes the grant; later the keys of the app are rotated',
  rank: 33,
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    await stage.refreshByCall();
    await revoke(stage, 'admin');
    stage.phase('reconnect');
    await stage.login();
    await stage.calls(1);
    await revoke(stage, 'key-rotation');
    stage.phase('reconnect-after-keys');
    await stage.reconnect();
    await stage.calls(1);
    await stage.refreshByCall();
  },
} satisfies Scenario;

/** Makes several calls, until one is not answered. */
async function revoke(stage: ScenarioContext, reason: 'admin' | 'key-rotation'): Promise<void> {
  stage.phase(reason);
  stage.control.rejectRefreshTokens(undefined, reason);
  for (let n = 0; n < 4; n += 1) {
    const [answer] = await stage.calls(1);
    if (answer?.result === 'timed-out') break;
  }
  await stage.quiet();
  await stage.client.status();
}
