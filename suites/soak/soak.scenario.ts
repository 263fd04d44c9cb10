import type { VerbAnswer } from '../../src/drivers/driver.ts';
import type { Scenario, Stage } from '../../src/run/scenario.ts';
import { drawOperations, type Operation } from './operations.ts';

/** A slow client is not kept busy for longer; how far it came is in the history, and told. */
const MOST_MS = 15_000;

/** Two hundred operations in a row, drawn from the seed: ordinary use, faults, logins, restarts, revocations. */
const soak: Scenario = {
  id: 'soak',
  title: 'Up to two hundred operations drawn from the seed: calls, refreshes, faults, logins, restarts',
  rank: 60,
  play: async (stage) => {
    const until = performance.now() + MOST_MS;
    await stage.login();
    const operations = drawOperations(stage.random);
    stage.phase('operations', String(operations.length));
    let connected = true;
    for (const operation of operations) {
      if (performance.now() > until) break;
      if (!connected) {
        stage.phase('op', JSON.stringify({ op: 'login' }));
        await stage.login();
      }
      stage.phase('op', JSON.stringify(operation));
      const answers = await perform(operation, stage);
      if (answers.some(({ result }) => result === 'timed-out')) return;
      connected = stillConnected(answers, stage);
    }
    if (!connected) await stage.login();
    stage.phase('probe');
    await stage.refreshByCall();
    const { result } = await stage.client.restart();
    if (result !== 'ok' || stage.app.persistence === 'session') return;
    await stage.refreshByCall();
    await stage.quiet();
  },
};
export default soak;

async function perform(operation: Operation, stage: Stage): Promise<readonly VerbAnswer[]> {
  switch (operation.op) {
    case 'call':
      return stage.calls(1);
    case 'refresh':
      stage.control.expireAccessTokens();
      return stage.calls(operation.calls);
    case 'fault': {
      const onResource = operation.fault === 'unauthorized';
      const armed = stage.control.inject({ fault: operation.fault, times: onResource ? Infinity : 1 });
      if (!onResource) stage.control.expireAccessTokens();
      const answers = await stage.calls(1);
      armed.disarm();
      return answers;
    }
    case 'login':
      await stage.login();
      return [];
    case 'restart': {
      const answer = await stage.client.restart();
      // A client that keeps its tokens in memory has lost them.
      return [stage.app.persistence === 'session' ? { ...answer, reauthorize: true } : answer];
    }
    case 'revoke':
      stage.control.rejectRefreshTokens(undefined, 'admin');
      return [...(await stage.calls(1)), ...(await stage.calls(1))];
  }
}

/** The client has not asked for a login, and the newest family lives. */
function stillConnected(answers: readonly VerbAnswer[], { control }: Stage): boolean {
  return !answers.some(({ reauthorize }) => reauthorize === true) && control.families().at(-1)?.alive === true;
}
