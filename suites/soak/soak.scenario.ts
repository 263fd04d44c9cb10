import { shorten } from '../../src/schedules/shorten.ts';
import type { Scenario } from '../../src/run/scenario.ts';
import { drawOperations, leastOperations, type Operation } from './operations.ts';
import { playSequence } from './sequence.ts';

/** Once half of the pairs have been met a slow client is not kept busy for longer: the verdict does not depend on how fast it is. */
const MOST_MS = 15_000;
/** A client that is slower still ends without a verdict. */
const SLOWEST_MS = 120_000;
/** What is spent on a shorter sequence that breaks the same invariant: sequences, and milliseconds. */
const SHORTENING = 24;
const SHORTENING_MS = 5_000;

/** Two hundred operations in a row, drawn from the seed: ordinary use, faults, logins, restarts, revocations. It ends when an invariant
 * breaks, and plays shorter and shorter parts of what led to that. */
const soak: Scenario = {
  id: 'soak',
  title: 'Up to 200 random operations: calls, refreshes, faults, logins, restarts',
  rank: 60,
  long: true,
  heldMs: ({ holdMs }) => holdMs,
  readsHistory: true,
  play: async (stage) => {
    const operations = drawOperations(stage.random);
    const least = { operations: leastOperations(operations), until: performance.now() + SLOWEST_MS };
    const drawn = await playSequence(stage, operations, performance.now() + MOST_MS, least);
    const { broken } = drawn;
    // A client that cannot be started anew would carry what broke into the next sequence.
    if (broken === undefined || drawn.hung || !stage.abilities.restart) return;
    const until = performance.now() + SHORTENING_MS;
    let hangs = false;
    const breaksAgain = async (operations: readonly Operation[]): Promise<boolean> => {
      if (hangs || performance.now() > until) return false;
      await stage.client.restart();
      const again = await playSequence(stage, operations, until);
      hangs = again.hung;
      return again.broken?.invariant === broken.invariant;
    };
    const led = drawn.played.filter(({ from }) => from < (broken.evidence[0] ?? 0));
    await shorten(
      led.map(({ operation }) => operation),
      breaksAgain,
      SHORTENING,
    );
  },
};
export default soak;
