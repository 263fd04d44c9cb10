/** Runs one operation of the soak. */
import type { ActionAnswer } from '../../src/drivers/driver.ts';
import type { ScenarioContext } from '../../src/run/scenario.ts';
import { untilOver } from '../error-handling/passing-fault.ts';
import type { Operation } from './operations.ts';

/** Runs one operation; resolves with the client's answers. */
export async function perform(operation: Operation, stage: ScenarioContext): Promise<readonly ActionAnswer[]> {
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
      const disarm = (): void => {
        armed.disarm();
      };
      const [answer] = await untilOver(stage, stage.calls(1), disarm, armed.first);
      disarm();
      return answer === undefined ? [] : [answer];
    }
    case 'login':
      await stage.login();
      return [];
    case 'restart': {
      const answer = await stage.client.restart();
      // A restarted client that keeps its tokens in memory has lost them.
      return [stage.app.persistence === 'session' ? { ...answer, reauthorize: true } : answer];
    }
    case 'revoke':
      stage.control.rejectRefreshTokens(undefined, 'admin');
      return [...(await stage.calls(1)), ...(await stage.calls(1))];
  }
}
