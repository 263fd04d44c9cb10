/** A fault that lasts as long as a call, but not for ever. */
import type { ScenarioContext } from '../../src/run/scenario.ts';

/**
 * Resolves with what `answered` does. When that takes longer than `run.holdMs`, the fault is over: a client may rightly try again and again
 * until it is, and a fault without end would make its verdict depend on when the action times out.
 *
 * @param met resolves when the client has met the fault: the time counts from then on, so that a slow client meets all of it as well.
 * Default: from now on
 */
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
