import type { Scenario } from '../../src/run/scenario.ts';

/** Lets the user of a working grant begin a new login twice and finish neither: first the user denies access, then closes the window. */
export default {
  id: 'unfinished-logins',
  title: 'While a grant works, its user begins a new login and says no; begins another and closes the window',
  rank: 37,
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    stage.phase('denied');
    const fault = stage.control.inject({
      fault: 'error-callback',
      on: 'authorize',
      times: Infinity,
      with: { error: 'access_denied', description: 'end-user denied authorization' },
    });
    await stage.attempt();
    fault.disarm();
    stage.phase('after-denied');
    await stage.refreshByCall();
    // A client that still waits for its callback may do one thing at a time: it is restarted, which loses only what it keeps in
    // memory.
    if (!stage.abilities.restart || stage.app.persistence !== 'durable') return;
    stage.phase('closed');
    await stage.attempt({ onCallback: () => Promise.resolve({ urls: [], tampered: 'withheld' }) });
    if ((await stage.client.restart({ kill: true })).result !== 'ok') return;
    stage.phase('after-closed');
    await stage.refreshByCall();
  },
} satisfies Scenario;
