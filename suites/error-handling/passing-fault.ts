/** Ends a fault together with the call that meets it, after `run.holdMs` at the latest. */
import type { ScenarioContext } from '../../src/run/scenario.ts';

/** Resolves with the result of `answered`. When that takes longer than `run.holdMs`, ends the fault: a client may retry until the fault
 * ends, and with an endless fault the verdict would depend on the timeout of the action.
 * @param met resolves when the client has met the fault; the time counts from then on, so that a slow client meets all of it too.
 * Default: the time counts from the call of this function */
export async function untilOver<T>(
  { elapse, holdMs }: Pick<ScenarioContext, 'elapse' | 'holdMs'>,
  answered: Promise<T>,
  end: () => void,
  met: Promise<unknown> = Promise.resolve(),
): Promise<T> {
  await Promise.race([met, answered]);
  const open = await Promise.race([answered.then(() => false), elapse(holdMs, answered).then(() => true)]);
  if (open) end();
  return answered;
}
