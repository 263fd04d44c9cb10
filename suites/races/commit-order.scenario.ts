import { enumerate, EXHAUSTIVE, sample, type Schedule } from '../../src/schedules/schedule.ts';
import { shrink } from '../../src/schedules/shrink.ts';
import type { Scenario, ScenarioContext } from '../../src/run/scenario.ts';

/** Contenders of the sampled schedules, and how many of these are sampled. */
const SAMPLED = { contenders: 5, count: 6 } as const;
/** Schedules that may be run to shorten a failing one. */
const SHRINKING = 12;
/** Failing schedules after which no further ones are run: more of them would not change the verdict. */
const ENOUGH = 4;

/** Runs every order in which two or three refreshes with one token can be committed and answered, and a sample of the orders of five,
 * until four of them failed. A refresh after each shows which token the client kept. A client that sends one refresh at a time needs one round of each size. */
export default {
  id: 'commit-order',
  title: 'Concurrent refreshes are committed and answered in every order',
  rank: 11,
  long: true,
  run: async (stage) => {
    if (stage.replay !== undefined) {
      stage.phase('schedules', '1');
      await round(stage, stage.replay.contenders, () => stage.replay);
      return;
    }
    const lost: Schedule[] = [];
    for (let contenders = 2; contenders <= EXHAUSTIVE; contenders += 1) {
      await explore(stage, contenders, enumerate, lost);
    }
    // The shortest failure is already known when a shorter schedule failed.
    const isShortKnown = lost.length > 0;
    await explore(stage, SAMPLED.contenders, (found) => sample(found, SAMPLED.count, stage.random), lost);
    const [long] = lost;
    if (isShortKnown || long === undefined) return;
    stage.phase('shrinking', JSON.stringify(long));
    await shrink(long, async (one) => !(await round(stage, one.contenders, () => one)).kept, SHRINKING);
  },
} satisfies Scenario;

/** Runs all schedules for the number of contenders that arrive. Adds to `lost` those after which the client could not continue the token
 * family, and stops when these are enough. */
async function explore(
  stage: ScenarioContext,
  calls: number,
  schedules: (found: number) => readonly Schedule[],
  lost: Schedule[],
): Promise<void> {
  let all: readonly Schedule[] | undefined;
  for (let next = 0; lost.length < ENOUGH && (all === undefined || next < all.length); next += 1) {
    const { schedule, kept } = await round(stage, calls, (found) => {
      if (all?.[0]?.contenders !== found) {
        all ??= schedules(found);
        if (next === 0) stage.phase('schedules', String(all.length));
      }
      return all[next] ?? all[0];
    });
    if (schedule === undefined) return;
    if (!kept) lost.push(schedule);
  }
}

/** The result of one round: its schedule (undefined when no refreshes overlapped), and whether the refresh after it advanced the token
 * family by one generation. */
interface Round {
  readonly schedule: Schedule | undefined;
  readonly kept: boolean;
}

/** Makes concurrent calls whose refreshes follow one schedule, then one call that shows which token was kept. */
async function round(
  stage: ScenarioContext,
  calls: number,
  choose: (found: number) => Schedule | undefined,
): Promise<Round> {
  await stage.login();
  await stage.calls(1);
  stage.control.expireAccessTokens();
  const denied = stage.control.hold({ point: 'resource-denied' });
  const requests = stage.control.hold({ point: 'refresh-request' });
  const gates = [denied, requests];
  const pending = stage.calls(calls);
  await stage.gathered([denied, requests], calls, pending);
  denied.close();
  const contenders = await stage.gathered(requests, calls, pending);
  const schedule = contenders.length < 2 ? undefined : choose(contenders.length);
  stage.phase('schedule', schedule === undefined ? 'no race arose' : JSON.stringify(schedule));
  if (schedule !== undefined) {
    const answers = stage.control.hold({ point: 'refresh-answer' });
    const refusals = stage.control.hold({ point: 'refresh-refusal' });
    gates.push(answers, refusals);
    for (const [n, contender] of schedule.commit.entries()) {
      contenders[contender]?.open();
      await Promise.race([
        stage.gathered(n === 0 ? answers : refusals, Math.max(1, n), pending),
        contenders[contender]?.ended,
      ]);
    }
    for (const contender of schedule.answer) {
      const { exchange } = contenders[contender] ?? {};
      const held = [...answers.held, ...refusals.held].find((one) => one.exchange === exchange);
      held?.open();
      await held?.ended;
    }
  }
  for (const gate of gates) gate.close();
  await pending;
  stage.phase('probe');
  const before = stage.control.families().at(-1);
  await stage.refreshByCall();
  const after = stage.control.families().at(-1);
  return { schedule, kept: after?.alive === true && after.generation > (before?.generation ?? 0) };
}
