/** Reads the result of each explored schedule from the phases `schedule` and `probe` of a scenario. Pure. */
import { readSchedule, type Schedule } from '../schedules/schedule.ts';
import { wentWrong } from '../history/calls.ts';
import type { ScenarioHistory } from '../history/query.ts';

/** One schedule that was run. */
export interface ExploredSchedule {
  /** Text of the phase: the schedule as JSON; `of` is the number of schedules. */
  readonly detail: string;
  /** Undefined when no refreshes overlapped. */
  readonly schedule: Schedule | undefined;
  /** Event numbers of the schedule's phase and of the evidence of its probe. */
  readonly evidence: readonly number[];
  /** Whether the refresh after it sent another token than the newest, or sent nothing although the family was valid. */
  readonly violated: boolean;
  /** What the refresh after it sent, in words; undefined when it sent nothing. */
  readonly sent: string | undefined;
}

/** Returns the schedules in the order in which they were run; those without a probe are left out. */
export function exploredSchedules(scenario: ScenarioHistory): readonly ExploredSchedule[] {
  const begins = scenario.of('phase').filter(({ phase }) => phase === 'schedule');
  return begins.flatMap((begin, index) => {
    const until = begins[index + 1]?.seq ?? Infinity;
    const probe = scenario.of('phase').find(({ phase, seq }) => phase === 'probe' && seq > begin.seq && seq < until);
    if (probe === undefined) return [];
    const call = scenario.actions.find(
      ({ seq, begin: action }) => seq > probe.seq && seq < until && action.name === 'call',
    );
    // Events after the answer to the probe's call belong to the next round.
    const over = call?.end?.seq ?? until;
    const refresh = scenario.refreshes.find(({ seq }) => seq > probe.seq && seq < over);
    if (refresh === undefined && (call === undefined || !wentWrong(scenario, call))) return [];
    return [
      {
        detail: begin.detail ?? '',
        schedule: scheduleIn(begin.detail ?? ''),
        evidence: [refresh?.seq ?? call?.end?.seq ?? probe.seq, begin.seq],
        violated: refresh?.facts.refreshToken?.head !== true,
        sent: refresh?.facts.refreshToken?.label,
      },
    ];
  });
}

function scheduleIn(detail: string): Schedule | undefined {
  try {
    return readSchedule(JSON.parse(detail));
  } catch {
    return undefined;
  }
}

/** Returns the number of schedules by the scenario's own count, summed over the numbers of contenders. */
export function scheduleTotal(scenario: ScenarioHistory): number {
  return scenario
    .of('phase')
    .filter(({ phase }) => phase === 'schedules')
    .reduce((sum, { detail }) => sum + (Number(detail) || 0), 0);
}
