import type { Scenario } from '../../src/run/scenario.ts';

/** An error description that runs a script when a page inserts it as markup. */
const MARKUP = '<img src="x" onerror="alert(1)"><b>denied</b>';

/** Errors that the authorization server sends back with the browser (RFC 6749 §4.1.2.1). */
const ERRORS = [
  { phase: 'denied', error: 'access_denied', description: 'end-user denied authorization' },
  { phase: 'denied-hyphen', error: 'access-denied', description: 'end-user denied authorization' },
  { phase: 'unknown-error', error: 'OAUTH_UNHEARD_OF', description: MARKUP },
  { phase: 'challenge-missing', error: 'invalid_request', description: 'missing required code challenge' },
  { phase: 'method-refused', error: 'invalid_request', description: 'code challenge method not supported' },
];

/** Delivers a callback with each of these errors, then makes an undisturbed login. */
export default {
  id: 'errors',
  title: 'The callback carries an error instead of a code',
  rank: 21,
  run: async (stage) => {
    await stage.login();
    let waitMs = stage.holdMs;
    for (const { phase, error, description } of ERRORS) {
      stage.phase(phase);
      const fault = stage.control.inject({
        fault: 'error-callback',
        on: 'authorize',
        times: Infinity,
        with: { error, description },
      });
      const answer = await stage.attempt({}, waitMs);
      fault.disarm();
      // The harness waits for the full time only once for a client that leaves logins unanswered.
      if (answer === undefined) waitMs = stage.quietMs;
    }
    stage.phase('honest');
    await stage.reconnect();
  },
} satisfies Scenario;
