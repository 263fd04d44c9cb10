/** Turns a scenario into its entry in the report. */
import type { ScenarioHistory } from '../history/query.ts';
import type { ReportScenario } from './report.ts';
import { playedSchedules, scheduleTotal } from './schedules.ts';

/** Converts a scenario into its entry in the report. A scenario without an end was interrupted. */
export function reportScenario(scenario: ScenarioHistory): ReportScenario {
  const begin = scenario.of('scenario-begin')[0];
  const end = scenario.of('scenario-end').at(-1);
  return {
    id: scenario.id,
    title: begin?.title ?? scenario.id,
    outcome: end?.outcome ?? 'interrupted',
    ...(end?.detail === undefined ? {} : { detail: end.detail }),
    durationMs: Math.round(end?.durationMs ?? 0),
    ...schedulesOf(scenario),
  };
}

function schedulesOf(scenario: ScenarioHistory): Pick<ReportScenario, 'schedules'> {
  const played = playedSchedules(scenario);
  if (played.length === 0) return {};
  const violating = played.filter(({ violated }) => violated).length;
  return { schedules: { explored: played.length, of: Math.max(played.length, scheduleTotal(scenario)), violating } };
}
