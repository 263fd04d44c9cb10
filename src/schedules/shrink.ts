/** Simplifies a schedule that fails to the simplest that still fails (delta debugging). */
import { disorder, shortestFirst, type Schedule } from './schedule.ts';

/** Tries simpler and simpler schedules, at most `budget` of them, as long as one still fails; resolves with the simplest that failed. */
export async function shrink(
  failing: Schedule,
  fails: (schedule: Schedule) => Promise<boolean>,
  budget: number,
): Promise<Schedule> {
  let shortest = failing;
  let left = budget;
  for (let candidates = simpler(shortest); candidates.length > 0 && left > 0;) {
    const [next, ...others] = candidates;
    if (next === undefined) break;
    left -= 1;
    if (await fails(next)) {
      shortest = next;
      candidates = simpler(shortest);
    } else candidates = others;
  }
  return shortest;
}

/** Returns the schedules that are one step simpler: one contender less, or one pair of neighbours less out of order; fewest contenders
 * first, then the most orderly. */
export function simpler(schedule: Schedule): readonly Schedule[] {
  const fewer = schedule.contenders <= 2 ? [] : schedule.commit.map((contender) => without(schedule, contender));
  const arrived = schedule.commit.toSorted((a, b) => a - b);
  const orderly = [
    // The same schedule if they had arrived in the order in which they are committed.
    { ...schedule, commit: arrived, answer: schedule.answer.map((contender) => schedule.commit.indexOf(contender)) },
    ...swaps(schedule.commit).map((commit) => ({ ...schedule, commit })),
    ...swaps(schedule.answer).map((answer) => ({ ...schedule, answer })),
  ].filter((one) => disorder(one) < disorder(schedule));
  return unique([...fewer, ...orderly]).sort(shortestFirst);
}

/** Removes a contender; later ones get lower numbers. */
function without({ contenders, commit, answer }: Schedule, gone: number): Schedule {
  const rest = (order: readonly number[]): readonly number[] =>
    order.filter((contender) => contender !== gone).map((contender) => (contender > gone ? contender - 1 : contender));
  return { contenders: contenders - 1, commit: rest(commit), answer: rest(answer) };
}

/** Returns the order with each pair of neighbours exchanged. */
function swaps(order: readonly number[]): readonly (readonly number[])[] {
  return order.slice(1).map((later, at) => {
    const swapped = [...order];
    swapped[at + 1] = order[at] ?? 0;
    swapped[at] = later;
    return swapped;
  });
}

function unique(schedules: readonly Schedule[]): Schedule[] {
  return [...new Map(schedules.map((schedule) => [JSON.stringify(schedule), schedule])).values()];
}
