/** Determines the result of a check that no scenario exercised, and what to do about it. */
import type { ScenarioHistory } from '../history/query.ts';
import { notRecorded } from '../history/rules.ts';
import type { Ability, Check, RunFacts } from './check.ts';
import type { Observation } from './observation.ts';
import { unjudged, type Judgement } from './judgement.ts';

/** Judges a check that was not exercised. An `unsupported` answer is a declaration and makes it `skip`. */
export function notExercised(
  check: Check,
  scenarios: ReadonlyMap<string, ScenarioHistory>,
  facts: RunFacts,
): Judgement {
  const missing = notRecorded(facts.begin, check.scenarios).filter((id) => !scenarios.has(id));
  if (missing.length > 0) {
    const message = `The history was recorded by a version without ${missing.length === 1 ? 'the scenario' : 'the scenarios'} ${missing.join(', ')}. Run again to grade it.`;
    return unjudged(check, 'skip', message, 'not-recorded');
  }
  for (const need of check.needs ?? []) {
    for (const id of check.scenarios) {
      const answer = scenarios
        .get(id)
        ?.of('verb-end')
        .find((end) => end.name === need && end.result === 'unsupported' && end.skipped !== true);
      if (answer !== undefined && facts.begin.abilities[need] !== false) {
        return unjudged(check, 'skip', `The client answered that it has no \`${need}\` (event ${String(answer.seq)}).`);
      }
    }
    if (facts.begin.abilities[need] === false) {
      const message = `The driver cannot \`${need}\` this client as it is configured. ${check.untested}${wayOut(need, facts)}`;
      return { ...unjudged(check, 'inconclusive', message), unable: true };
    }
  }
  if (facts.interrupted === true && check.scenarios.some((id) => isUnfinished(scenarios.get(id)))) {
    return unjudged(check, 'inconclusive', 'The run was interrupted.');
  }
  const recorded = check.scenarios.flatMap((id) => scenarios.get(id) ?? []);
  const broken = recorded.flatMap(brokenIn);
  return { ...unjudged(check, 'inconclusive', `Not exercised. ${whyNot(check, recorded, facts)}`), broken };
}

/** Returns what ended a scenario early: the client died or left an action unanswered. */
function brokenIn({ outcome, actions }: ScenarioHistory): readonly Observation[] {
  if (outcome === 'crashed') return ['refresh-survived'];
  return outcome === 'timed-out' || actions.some(({ end }) => end?.result === 'timed-out') ? ['calls-answered'] : [];
}

/** Explains how to exercise a check, or what happened instead when the harness has already tried. */
function whyNot(check: Check, recorded: readonly ScenarioHistory[], { run }: RunFacts): string {
  const ends = recorded.flatMap((scenario) => scenario.of('scenario-end').at(-1) ?? []);
  const stopped = ends.find(({ outcome }) => outcome !== 'completed');
  if (stopped !== undefined || ends.length === 0 || run.driver === 'manual') {
    const why = stopped?.detail === undefined ? '' : ` The scenario ${stopped.scenario} ended early: ${stopped.detail}`;
    return `${check.untested}${why}`;
  }
  const names = recorded.map(({ id }) => id).join(', ');
  const sum = (count: (scenario: ScenarioHistory) => readonly unknown[]): number =>
    recorded.reduce((all, scenario) => all + count(scenario).length, 0);
  const calls = sum(({ actions }) => actions.filter(({ begin }) => begin.name === 'call'));
  const requests = sum(({ resources }) => resources);
  const refreshes = sum((scenario) => scenario.refreshes);
  return `The harness prepared it (${names}), but the client did not come to it: ${counted(calls, 'call')}, ${counted(requests, 'API request')} and ${counted(refreshes, 'refresh', 'refreshes')} were seen.`;
}

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${String(count)} ${count === 1 ? one : many}`;

/** Returns whether a scenario was interrupted or never begun. */
const isUnfinished = (scenario: ScenarioHistory | undefined): boolean =>
  scenario === undefined || scenario.outcome === 'interrupted';

const ACTIONS: readonly Ability[] = ['refresh', 'status', 'disconnect'];

/** Explains which configuration gives the driver the ability; empty when none does. */
function wayOut(need: Ability, { run }: RunFacts): string {
  if (run.driver === 'command' && ACTIONS.includes(need)) {
    return ` If there is no such thing, say so: a \`driver.${need}\` that exits with 89 makes this check skip.`;
  }
  if (run.driver === 'browser' && need === 'tabs') return ' Set `driver.tabs` to 2 in the configuration.';
  if ((run.driver === 'browser' || run.driver === 'http') && need === 'restart') {
    return ' Set `driver.start`, so that the harness can start and stop the application.';
  }
  return '';
}
