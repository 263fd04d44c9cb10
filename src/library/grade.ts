/** Grades a recording by the checks that a run uses. Pure except for loading the checks. */
import type { Check } from '../grade/check.ts';
import { grade } from '../grade/grade.ts';
import type { Verdict } from '../grade/report.ts';
import type { Event, RunBegin } from '../history/event.ts';
import { HarnessError } from '../errors.ts';
import type { Part, Recorded } from './recording.ts';

/** The conclusion of one check from the exchanges so far. */
export interface Finding {
  /** Id of the check: `RTR-02`. */
  readonly id: string;
  /** `inconclusive`: the client did not exercise the check. */
  readonly verdict: Verdict;
  /** What was seen and what was expected, one sentence. */
  readonly message: string;
  /** What to change; the report calls it `remedy`. */
  readonly fix: string;
  /** Event numbers, the decisive one first: `seq` of `exchanges()`, of answers and of injected faults. */
  readonly evidence: readonly number[];
}

/** Maps each part of a recording to the scenarios of a run that it corresponds to. */
const SCENARIOS: Readonly<Record<Part, readonly string[]>> = {
  plain: ['login', 'logins', 'refresh-chain'],
  race: ['herd'],
  rejected: ['rejected'],
  reuse: ['reuse'],
  faulted: [],
};

/** Returns a finding for each of `ids`, in their order; without ids for every check.
 * @throws HarnessError `unknown-check` */
export function gradeRecorded(
  recorded: readonly Recorded[],
  begin: RunBegin,
  checks: readonly Check[],
  ids?: readonly string[],
): readonly Finding[] {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const unknown = ids?.find((id) => !byId.has(id));
  if (unknown !== undefined) {
    throw new HarnessError(
      'unknown-check',
      `There is no check ${unknown}.`,
      'List the checks with `sf-conformance list`.',
    );
  }
  const wanted = ids === undefined ? checks : checks.filter(({ id }) => needed(ids, byId).has(id));
  const graded = new Map(
    grade(asHistory(recorded, begin), { checks: wanted, requirements: [] }).checks.map((one) => [one.id, one]),
  );
  return (ids ?? checks.map(({ id }) => id)).map((id) => {
    const { verdict = 'inconclusive', message = '', remedy, scenarios = [] } = graded.get(id) ?? {};
    const decisive = scenarios.find((one) => one.verdict === verdict);
    return { id, verdict, message, fix: remedy ?? byId.get(id)?.remedy ?? '', evidence: decisive?.evidence ?? [] };
  });
}

/** Returns the requested checks, and those that may be the cause of their failures. */
function needed(ids: readonly string[], byId: ReadonlyMap<string, Check>): ReadonlySet<string> {
  const owners = new Map([...byId.values()].flatMap(({ id, shows = [] }) => shows.map((one) => [one, id] as const)));
  const all = new Set<string>();
  const add = (id: string): void => {
    if (all.has(id)) return;
    all.add(id);
    for (const observation of byId.get(id)?.relies ?? []) add(owners.get(observation) ?? id);
  };
  for (const id of ids) add(id);
  return all;
}

function asHistory(recorded: readonly Recorded[], begin: RunBegin): readonly Event[] {
  const frame = { seq: 0, t: 0, prev: '' } as const;
  const last = recorded.at(-1)?.event ?? frame;
  const rotated = rotationsIn(recorded);
  const selected = recorded.flatMap(({ event, part }) => {
    const counts = part === 'race' && 'exchange' in event && rotated.has(event.exchange);
    const scenarios = counts ? [...SCENARIOS.race, 'refresh-chain'] : SCENARIOS[part];
    return scenarios.map((scenario): Event => ({ ...event, scenario }));
  });
  const used = [...new Set(selected.map(({ scenario }) => scenario))];
  const begins = used.map((id): Event => ({
    ...frame,
    kind: 'scenario-begin',
    scenario: id,
    title: id,
    mode: 'strict',
  }));
  const ends = used.map((id): Event => ({
    ...frame,
    seq: last.seq,
    t: last.t,
    kind: 'scenario-end',
    scenario: id,
    outcome: 'completed',
    durationMs: 0,
  }));
  return [
    { ...frame, scenario: '', ...begin },
    ...begins,
    ...selected,
    ...ends,
    { ...frame, seq: last.seq, t: last.t, scenario: '', kind: 'run-end', outcome: 'completed' },
  ];
}

/** Returns the exchanges that rotated a refresh token. The successful refresh of a race is a normal refresh of the client. */
function rotationsIn(recorded: readonly Recorded[]): ReadonlySet<unknown> {
  return new Set(
    recorded.flatMap(({ event }) =>
      event.kind === 'response' && event.status === 200 && event.issued?.refreshToken !== undefined
        ? [event.exchange]
        : [],
    ),
  );
}
