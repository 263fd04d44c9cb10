/** Generates the schedule files that follow from a history. Pure. */
import type { Event } from '../history/event.ts';
import { judgedAttempts } from '../history/judged-attempts.ts';
import { scenarioHistory } from '../history/query.ts';
import { shortestFirst } from '../schedules/schedule.ts';
import { exploredSchedules } from './schedules.ts';

/** Returns the texts by `schedules/NAME`: `<scenario>.json` with everything that was explored, and `<scenario>-failing-<n>.json` for each
 * schedule that failed, the shortest first. */
export function scheduleTexts(history: readonly Event[]): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  const add = (name: string, value: unknown): void => {
    texts[`schedules/${name}`] = `${JSON.stringify(value, null, 2)}\n`;
  };
  for (const [scenario, events] of Map.groupBy(history, (event) => event.scenario)) {
    const explored = exploredSchedules(scenarioHistory(scenario, judgedAttempts(events)));
    if (explored.length === 0) continue;
    const all = explored.map(({ schedule = null, violated }) => ({ schedule, violated }));
    add(`${scenario}.json`, all);
    const failing = all
      .flatMap(({ schedule, violated }) => (violated && schedule !== null ? [schedule] : []))
      .sort(shortestFirst);
    for (const [n, schedule] of failing.entries()) add(`${scenario}-failing-${String(n + 1)}.json`, schedule);
  }
  return texts;
}
