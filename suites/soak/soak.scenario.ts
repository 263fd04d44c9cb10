import { shorten } from '../../src/schedules/shorten.ts';
import type { Scenario } from '../../src/run/scenario.ts';
import { drawOperations, leastOperations, type Operation } from './operations.ts';
import { runSequence } from './sequence.ts';

/** Time after which a slow client stops once half of the pairs were run: the verdict does not depend on its speed. */
const MOST_MS = 15_000;
/** Time after which an even slower client ends without a verdict. */
const SLOWEST_MS = 120_000;
/** Limits for finding a shorter sequence that breaks the same invariant: sequences, and milliseconds. */
const SHORTENING = 24;
const SHORTENING_MS = 5_000;

/** Runs two hundred operations generated from the seed: ordinary use, faults, logins, restarts and revocations. Ends when an invariant
 * breaks, then runs shorter and shorter parts of the operations that led to it. */
export default {
  id: 'soak',
  title: 'Up to 200 random operations: calls, refreshes, faults, logins, restarts',
  rank: 60,
  long: true,
  heldMs: ({ holdMs }) => holdMs,
  readsHistory: true,
  run: async (stage) => {
    const operations = drawOperations(stage.random);
    const least = { operations: leastOperations(operations), until: performance.now() + SLOWEST_MS };
    const drawn = await runSequence(stage, operations, performance.now() + MOST_MS, least);
    const { broken } = drawn;
    // A client that cannot be restarted would carry the broken state into the next sequence.
    if (broken === undefined || drawn.hung || !stage.abilities.restart) return;
    const until = performance.now() + SHORTENING_MS;
    let hangs = false;
    const breaksAgain = async (operations: readonly Operation[]): Promise<boolean> => {
      if (hangs || performance.now() > until) return false;
      await stage.client.restart();
      const again = await runSequence(stage, operations, until);
      hangs = again.hung;
      return again.broken?.invariant === broken.invariant;
    };
    const led = drawn.performed.filter(({ from }) => from < (broken.evidence[0] ?? 0));
    await shorten(
      led.map(({ operation }) => operation),
      breaksAgain,
      SHORTENING,
    );
  },
} satisfies Scenario;
