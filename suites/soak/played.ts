/** What the soak played, read back from the phases that it wrote. */
import { scenarioHistory, type ScenarioHistory } from '../../src/history/query.ts';
import type { Operation } from './operations.ts';

export interface Played {
  readonly operation: Operation;
  /** Event numbers: of its phase, and where the next thing begins. */
  readonly from: number;
  readonly to: number;
}

/** Returns the drawn sequence, then the shorter ones that were played after an invariant had broken; each with its login. */
export function sequencesOf(scenario: ScenarioHistory): readonly ScenarioHistory[] {
  const starts = scenario.of('phase').filter(({ phase }) => phase === 'operations');
  return [undefined, ...starts.slice(1)].map((start, index) => {
    const [from, to] = [start?.seq ?? 0, starts[index + 1]?.seq ?? Infinity];
    const part = scenario.events.filter(({ seq }) => seq >= from && seq < to);
    return scenarioHistory(scenario.id, part, scenario.events);
  });
}

/** Returns the operations that were played, in order; logins that a lost connection called for are among them. */
export function playedOperations(scenario: ScenarioHistory): readonly Played[] {
  const phases = scenario.of('phase');
  return phases.flatMap((phase, index) => {
    if (phase.phase !== 'op') return [];
    const operation = JSON.parse(phase.detail ?? '{}') as Operation;
    return [{ operation, from: phase.seq, to: phases[index + 1]?.seq ?? Infinity }];
  });
}

/** Names the operation in a word or two. */
export const nameOf = ({ operation }: Played): string =>
  operation.op === 'fault'
    ? operation.fault
    : operation.op === 'refresh' && operation.calls > 1
      ? `refresh by ${String(operation.calls)} calls`
      : operation.op;

/** Counts how many ordered pairs of faults came one after the other. */
export function pairsOf(played: readonly Played[]): number {
  const faults = played.flatMap(({ operation }) => (operation.op === 'fault' ? [operation.fault] : []));
  return new Set(faults.slice(1).map((fault, index) => `${faults[index] ?? ''} ${fault}`)).size;
}
