import type { LoginSteps } from '../../src/drivers/driver.ts';
import type { Scenario } from '../../src/run/scenario.ts';
import { firstCallback, withOtherState, withoutState, withParameters } from './tampering.ts';

/** Parameters that Salesforce and other servers add to a callback; RFC 6749 §4.1.2 requires the client to ignore unknown ones. */
const EXTRA = {
  sfdc_community_url: 'https://community.example.com/sfc',
  sfdc_community_id: '0DB000000000001AAA',
  unheard_of: 'value with spaces & signs',
};

/** Delivers callbacks as an attacker, a proxy or another server would send them, each followed by an undisturbed login. */
export default {
  id: 'callbacks',
  title: 'Callbacks with additional, missing, repeated and foreign parameters',
  rank: 20,
  run: async (stage) => {
    await stage.login();

    stage.phase('extra');
    const extra = stage.control.inject({ fault: 'extra-fields', on: 'code' });
    await stage.attempt(withIssuer());
    extra.disarm();

    stage.phase('repeated');
    await stage.attempt(firstCallback('repeated', (url) => [url, url]));

    const tamperings = [
      { phase: 'wrong-state', steps: firstCallback('state-altered', (url) => [withOtherState(url)]) },
      { phase: 'no-state', steps: firstCallback('state-removed', (url) => [withoutState(url)]) },
      {
        phase: 'wrong-issuer',
        steps: firstCallback('other-issuer', (url) => [withParameters(url, { iss: 'https://issuer.example.com' })]),
      },
    ];
    for (const { phase, steps } of tamperings) {
      stage.phase('honest', 'before what is tampered with');
      await stage.reconnect();
      stage.phase(phase);
      await stage.attempt(steps);
    }
    stage.phase('honest', 'at the end');
    await stage.reconnect();
  },
} satisfies Scenario;

/** Adds the correct issuer (RFC 9207 §2) to the callback, next to parameters that the client did not ask for. */
function withIssuer(): LoginSteps {
  let issuer = '';
  const { onCallback } = firstCallback('parameters-added', (url) => [withParameters(url, { iss: issuer, ...EXTRA })]);
  return {
    onOpen: (url) => {
      issuer = new URL(url).origin;
      return Promise.resolve();
    },
    ...(onCallback === undefined ? {} : { onCallback }),
  };
}
