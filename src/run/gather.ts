/** Waits for contending requests at one or several gates. */
import type { Gate, Held } from '../../mock-server/mock.ts';

/** Waits for contenders at gates (see `ScenarioContext.gathered`). A client may refresh before its call or after it: the first arrival at
 * any gate counts. */
export async function gather(
  gates: readonly Gate[],
  count: number,
  pending: Promise<unknown>,
  quietMs: number,
): Promise<readonly Held[]> {
  const arrived = (): number => gates.reduce((sum, { held }) => sum + held.length, 0);
  const ended = pending.then(yes, yes);
  // `settled` ends when the client is idle, so this does not wait at a gate that no request reaches.
  while (arrived() === 0) {
    // A closed gate has settled already: asking it repeatedly would block the processing of answers.
    const open = gates.filter(({ closed }) => !closed);
    if (open.length === 0) return [];
    const over = await Promise.race([ended, ...open.map((gate) => gate.settled(1, quietMs).then(no))]);
    if (over && arrived() === 0) return [];
  }
  // Each gate waits until it is idle; an arrival at another one meanwhile makes all wait again.
  for (;;) {
    const before = arrived();
    await allSilentOrOneFull(gates, count, quietMs);
    if (arrived() === before || arrived() >= count) break;
  }
  // A count of 0 asks for the requests that are held now.
  return (await Promise.all(gates.map((gate) => gate.settled(0, 0)))).flat();
}

/** Waits until all gates are idle, or all contenders have arrived at one gate. */
async function allSilentOrOneFull(gates: readonly Gate[], count: number, quietMs: number): Promise<void> {
  const settling = gates.map((gate) => gate.settled(count, quietMs));
  const full = settling.map(
    (settled, index) =>
      new Promise<void>((resolve) => {
        void settled.then(() => {
          if ((gates[index]?.held.length ?? 0) >= count) resolve();
        });
      }),
  );
  await Promise.race([Promise.all(settling), ...full]);
}

const yes = (): true => true;
const no = (): false => false;
