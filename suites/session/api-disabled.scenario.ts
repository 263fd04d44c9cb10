import type { Scenario } from '../../src/run/scenario.ts';

const CALLS = 3;

/** Connects the user while the org has no API access: the login succeeds, and every API request is refused although its token is valid. */
export default {
  id: 'api-disabled',
  title: 'The login works, and the API answers 403 API_DISABLED_FOR_ORG to every request',
  rank: 36,
  run: async (stage) => {
    stage.phase('login');
    stage.control.inject({ fault: 'api-disabled', times: Infinity });
    // A client may report a login as failed when its first API request is refused. The duration of a login is not known here, so a
    // slow one gets `holdMs` more.
    await stage.attempt({}, stage.holdMs);
    stage.phase('calls');
    for (let n = 0; n < CALLS; n += 1) {
      const [answer] = await stage.calls(1);
      if (answer?.result === 'timed-out') break;
    }
    await stage.quiet();
  },
} satisfies Scenario;
