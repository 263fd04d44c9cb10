import type { Held } from '../../mock-server/mock.ts';
import type { Scenario, ScenarioContext } from '../../src/run/scenario.ts';

/** A refresh is carried out, and its answer is held for `run.holdMs`: does the client send again, or give up? Meanwhile the same process
 * is asked for another call, and so is one that shares its store, where the client is declared to have such: do they wait as long? */
const heldRefresh: Scenario = {
  id: 'held-refresh',
  title: 'The answer to a refresh is held for as long as `run.holdMs`, while further calls wait for it',
  rank: 31,
  heldMs: ({ holdMs }) => holdMs,
  play: async (stage) => {
    await stage.login();
    await stage.calls(1);
    const other = stage.app.sharedStore && stage.abilities.processes ? await stage.spawn() : undefined;
    if (other !== undefined) await stage.calls(1, other);
    stage.phase('held');
    stage.control.expireAccessTokens();
    const answers = stage.control.hold({ point: 'refresh-answer', limit: 1 });
    const call = stage.calls(1);
    const [held] = await stage.gathered(answers, 1, call);
    if (held === undefined) return;
    const requests = stage.control.hold({ point: 'refresh-request' });
    // A person makes one call after the other.
    const waiting = [call, ...(stage.abilities.parallelCalls ? [stage.calls(1)] : [])];
    if (other !== undefined) waiting.push(stage.calls(1, other));
    // A second presentation shows all that there is to see. A client that has given up may still come back on its own.
    const over = stage.elapse(stage.holdMs, requests.next());
    // Its callers were told that it takes too long, but the request goes on: a person tries once more.
    const later = await Promise.race([over.then(() => false), goesOn(stage, waiting, held)]);
    if (later && stage.abilities.parallelCalls) waiting.push(stage.calls(1));
    await over;
    stage.phase('released');
    held.open();
    answers.close();
    requests.close();
    await held.ended;
    await Promise.all(waiting);
    await stage.quiet();
    stage.phase('after');
    await stage.calls(1);
    await stage.client.status();
  },
};
export default heldRefresh;

/** Resolves when all `calls` are answered, with whether the client still holds on to the request. */
async function goesOn(stage: ScenarioContext, calls: readonly Promise<unknown>[], { ended }: Held): Promise<boolean> {
  await Promise.all(calls);
  const gone = ended.then(() => true);
  await stage.elapse(stage.quietMs, gone);
  return !(await Promise.race([gone, Promise.resolve(false)]));
}
