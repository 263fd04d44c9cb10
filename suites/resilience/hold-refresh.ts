/** Holds the answer to a refresh for longer than usual, while further calls wait for it. */
import type { Held } from '../../mock-server/mock.ts';
import type { ScenarioContext } from '../../src/run/scenario.ts';

/** Logs in and holds the answer of a refresh for `ms` milliseconds in the phase `held`; everything ends in the phase `released`. Resolves
 * with false when the client did not refresh; then these phases are missing. */
export async function holdRefresh(stage: ScenarioContext, ms: number): Promise<boolean> {
  await stage.login();
  await stage.calls(1);
  const other = stage.app.sharedStore && stage.abilities.processes ? await stage.spawn() : undefined;
  if (other !== undefined) await stage.calls(1, other);
  stage.phase('held');
  stage.control.expireAccessTokens();
  const answers = stage.control.hold({ point: 'refresh-answer', limit: 1 });
  const call = stage.calls(1);
  const [held] = await stage.gathered(answers, 1, call);
  if (held === undefined) return false;
  const requests = stage.control.hold({ point: 'refresh-request' });
  // A manual user makes one call after another.
  const waiting = [call, ...(stage.abilities.parallelCalls ? [stage.calls(1)] : [])];
  if (other !== undefined) waiting.push(stage.calls(1, other));
  // A second use of the token shows everything there is to see. A client that has given up may still retry.
  const over = stage.elapse(ms, requests.next());
  // Its callers got a timeout, but the request is still open: a user would try once more.
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
  return true;
}

/** Resolves when all `calls` are answered, with whether the client still keeps the request open. */
async function goesOn(stage: ScenarioContext, calls: readonly Promise<unknown>[], { ended }: Held): Promise<boolean> {
  await Promise.all(calls);
  const gone = ended.then(() => true);
  await stage.elapse(stage.quietMs, gone);
  return !(await Promise.race([gone, Promise.resolve(false)]));
}
