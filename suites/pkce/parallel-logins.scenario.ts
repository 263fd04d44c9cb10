import type { Scenario } from '../../src/run/scenario.ts';

/** Runs two logins of one user at the same time. The second begins while the first waits for its callback; its callback is delivered
 * first. */
export default {
  id: 'parallel-logins',
  title: 'Two concurrent logins; the callback of the second arrives first',
  rank: 6,
  run: async (stage) => {
    await stage.login();
    stage.phase('parallel');
    const waiting = Promise.withResolvers<undefined>();
    const released = Promise.withResolvers<undefined>();
    const first = stage.attempt({
      onCallback: async (url) => {
        waiting.resolve(undefined);
        await released.promise;
        return { urls: [url] };
      },
    });
    await Promise.race([waiting.promise, first]);
    const second = stage.client.authorize();
    second.catch(() => undefined);
    // A client that handles one login at a time answers the second only after the first, so there is nothing to wait for.
    const early = await stage.over(second);
    released.resolve(undefined);
    await first;
    if (early) return;
    await stage.over(second);
    await stage.quiet();
  },
} satisfies Scenario;
