import { shorten } from '../../src/schedules/shorten.ts';
import type { Scenario } from '../../src/run/scenario.ts';
import { drawOperations, type Operation } from './operations.ts';
import { playSequence } from './sequence.ts';

/** A slow client is not kept busy for longer; how far it came is in the history and in the finding. */
const MOST_MS = 15_000;
/** What is spent on a shorter sequence that breaks the same invariant: sequences, and milliseconds. */
const SHORTENING = 24;
const SHORTENING_MS = 5_000;

/** Two hundred operations in a row, drawn from the seed: ordinary use, faults, logins, restarts, revocations. It ends when an invariant
 * breaks, and plays shorter and shorter parts of what led to that. */
const soak: Scenario = {
  id: 'soak',
  title: 'Up to 200 random operations: calls, refreshes, faults, logins, restarts',
  rank: 60,
  heldMs: ({ holdMs }) => holdMs,
  readsHistory: true,
  play: async (stage) => {
    const drawn = await playSequence(stage, drawOperations(stage.random), performance.now() + MOST_MS);
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
