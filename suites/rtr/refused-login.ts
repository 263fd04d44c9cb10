/** Refuses a login because PKCE is now required. */
import type { ScenarioContext } from '../../src/run/scenario.ts';

/** Lets the user connect again; the mock answers that a challenge is missing, whatever the client sent. */
export async function refusedForPkce(stage: ScenarioContext): Promise<void> {
  const fault = stage.control.inject({
    fault: 'error-callback',
    on: 'authorize',
    times: Infinity,
    with: { error: 'invalid_request', description: 'missing required code challenge' },
  });
  await stage.attempt();
  fault.disarm();
}
