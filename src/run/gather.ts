/** Waits for contenders, at whichever gates they come to. */
import type { Gate, Held } from '../../mock-server/mock.ts';

/** Waits for contenders at gates (see `ScenarioContext.gathered`). A client may refresh before it calls, or call before it refreshes: the first arrival at any gate counts. */
export async function gather(
  gates: readonly Gate[],
  count: number,
  pending: Promise<unknown>,
  quietMs: number,
): Promise<readonly Held[]> {
  const arrived = (): number => gates.reduce((sum, { held }) => sum + held.length, 0);
  const ended = pending.then(yes, yes);
  // `settled` gives up when the client is idle, so no caller waits at a gate to which no request comes.
  while (arrived() === 0) {
    // A closed gate has settled already: asking it again and again would leave no turn for answers.
    const open = gates.filter(({ closed }) => !closed);
    if (open.length === 0) return [];
    const over = await Promise.race([ended, ...open.map((gate) => gate.settled(1, quietMs).then(no))]);
    if (over && arrived() === 0) return [];
  }
  // Each gate waits for its own silence; an arrival at another one meanwhile makes all of them wait again.
  for (;;) {
    const before = arrived();
    await allSilentOrOneFull(gates, count, quietMs);
    if (arrived() === before || arrived() >= count) break;
  }
  // A count of none asks for what is there now.
  return (await Promise.all(gates.map((gate) => gate.settled(0, 0)))).flat();
}

/** Where all have come to one gate, the others are not waited for. */
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
