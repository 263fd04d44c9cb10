/** Turns a scenario into its entry in the report. */
import type { ScenarioHistory } from '../history/query.ts';
import type { ReportScenario } from './report.ts';
import { exploredSchedules, scheduleTotal } from './schedules.ts';

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
  const explored = exploredSchedules(scenario);
  if (explored.length === 0) return {};
  const violating = explored.filter(({ violated }) => violated).length;
  return {
    schedules: { explored: explored.length, of: Math.max(explored.length, scheduleTotal(scenario)), violating },
  };
}
