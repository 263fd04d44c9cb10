import type { Scenario } from '../../src/run/scenario.ts';

const DAY_MS = 86_400_000;
/** The partner control: a refresh token expires after this time without use. */
const LIMIT_MS = 30 * DAY_MS;
const ROUNDS = 3;
const CALLS = 4;

/** Keeps the refresh token valid with calls spread over 29 days, then lets 30 days pass, after which it has expired. */
export default {
  id: 'idle-token',
  title: 'Calls over 29 days, then none for 30 days: the refresh token has expired; the user connects again',
  rank: 39,
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('in-use');
    for (let round = 0; round < ROUNDS; round += 1) {
      stage.control.age((29 * DAY_MS) / ROUNDS, LIMIT_MS);
      await stage.refreshByCall();
    }
    stage.phase('idle');
    stage.control.age(LIMIT_MS, LIMIT_MS);
    for (let n = 0; n < CALLS; n += 1) {
      const [answer] = await stage.calls(1);
      if (answer?.result === 'timed-out') break;
    }
    await stage.quiet();
    await stage.client.status();
    stage.phase('reconnect');
    await stage.reconnect();
    await stage.calls(1);
    await stage.refreshByCall();
  },
} satisfies Scenario;
