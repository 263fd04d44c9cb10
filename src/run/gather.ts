/** Waits for contenders, at whichever gates they come to. */
import type { Gate, Held } from '../../mock-server/mock.ts';

/** See `Stage.gathered`. A client may refresh before it calls, or call before it refreshes: the first arrival at any gate counts. */
export async function gather(
  gates: readonly Gate[],
  count: number,
  pending: Promise<unknown>,
  quietMs: number,
): Promise<readonly Held[]> {
  const arrived = (): number => gates.reduce((sum, { held }) => sum + held.length, 0);
  const ended = pending.then(yes, yes);
  // `settled` gives up after a silence, so nobody is left asking at a gate to which nobody comes.
  while (arrived() === 0) {
    const over = await Promise.race([ended, ...gates.map((gate) => gate.settled(1, quietMs).then(no))]);
    if (over && arrived() === 0) return [];
  }
  // Each gate waits for its own silence; an arrival at another one meanwhile makes all of them wait again.
  for (;;) {
    const before = arrived();
    const standing = await Promise.all(gates.map((gate) => gate.settled(count, quietMs)));
    if (arrived() === before || arrived() >= count) return standing.flat();
  }
}

const yes = (): true => true;
const no = (): false => false;
