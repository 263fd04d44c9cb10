/** Reads the operations that the soak ran from the phases in the history. */
import { scenarioHistory, type ScenarioHistory } from '../../src/history/query.ts';
import type { Operation } from './operations.ts';

/** One operation that the soak ran, and its events. */
export interface PerformedOperation {
  readonly operation: Operation;
  /** Event numbers: of its phase, and of the beginning of the next one. */
  readonly from: number;
  readonly to: number;
}

/** Returns the generated sequence, then the shorter ones that were run after an invariant had broken; each with its login. */
export function sequencesOf(scenario: ScenarioHistory): readonly ScenarioHistory[] {
  const starts = scenario.of('phase').filter(({ phase }) => phase === 'operations');
  return [undefined, ...starts.slice(1)].map((start, index) => {
    const [from, to] = [start?.seq ?? 0, starts[index + 1]?.seq ?? Infinity];
    const part = scenario.events.filter(({ seq }) => seq >= from && seq < to);
    return scenarioHistory(scenario.id, part, scenario.events);
  });
}

/** Returns the operations that were run, in order, with the logins that a lost connection required. */
export function performedOperations(scenario: ScenarioHistory): readonly PerformedOperation[] {
  const phases = scenario.of('phase');
  return phases.flatMap((phase, index) => {
    if (phase.phase !== 'op') return [];
    const operation = JSON.parse(phase.detail ?? '{}') as Operation;
    return [{ operation, from: phase.seq, to: phases[index + 1]?.seq ?? Infinity }];
  });
}

/** Names the operation for messages. */
export const nameOf = ({ operation }: PerformedOperation): string =>
  operation.op === 'fault'
    ? operation.fault
    : operation.op === 'refresh' && operation.calls > 1
      ? `refresh by ${String(operation.calls)} calls`
      : operation.op;

/** Counts how many different ordered pairs of faults followed each other. */
export function pairsOf(performed: readonly PerformedOperation[]): number {
  const faults = performed.flatMap(({ operation }) => (operation.op === 'fault' ? [operation.fault] : []));
  return new Set(faults.slice(1).map((fault, index) => `${faults[index] ?? ''} ${fault}`)).size;
}
