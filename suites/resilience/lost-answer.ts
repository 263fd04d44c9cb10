/** What becomes of a client whose refresh was carried out and whose answer was lost. */
import type { Finding } from '../../src/grade/check.ts';
import { fail, info, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { died, hung } from '../error-handling/aftermath.ts';
import { asksAgain } from '../rtr/refreshes.ts';

/**
 * Every client presents the consumed token once more, for it cannot know that it was consumed; Salesforce takes that for reuse and
 * ends the family. What counts is what the client does then: stop, and ask its user. `how` is the way in which the answer was lost.
 */
export function judgeLostAnswer(scenario: ScenarioHistory, phase: string, how: string): Finding | undefined {
  const part = affected(scenario, phase);
  const [first, ...later] = part.refreshes;
  if (first?.response?.fault !== phase) return undefined;
  const crash = died(part);
  if (crash.length > 0) return fail(`${how}, and the client died; a clear error was expected.`, [...crash, first.seq]);
  const stuck = hung(part);
  if (stuck.length > 0) return fail(`${how}, and the client never answered.`, [...stuck, first.seq]);
  const label = first.facts.refreshToken?.label ?? 'the refresh token';
  const again = later.filter(({ facts }) => facts.refreshToken?.label === label);
  if (again.length > 1) {
    return fail(
      `${how}, and ${label} was presented ${String(again.length)} more times; at most one further attempt was expected.`,
      [...again.map(({ seq }) => seq), first.seq],
    );
  }
  const strange = later.find(({ facts }) => (facts.refreshToken?.family ?? null) === null);
  if (strange !== undefined) {
    return fail(`${how}, and the client presented a refresh token that was never given whole.`, [
      strange.seq,
      first.seq,
    ]);
  }
  const surfaced = [
    ...asksAgain(part),
    ...part.verbs.flatMap(({ end }) => (end?.result === 'failed' ? [end.seq] : [])),
    ...part.authorizations.map(({ seq }) => seq),
  ];
  if (surfaced.length === 0) {
    return part.resources.some(({ response, begunAt }) => begunAt > first.endedAt && response?.status === 200)
      ? undefined
      : fail(`${how}, and the client neither reported an error nor started a new login.`, [first.seq]);
  }
  const [retry] = again;
  return retry === undefined
    ? pass(`${how}, and the client said so without presenting ${label} again.`, [first.seq, ...surfaced])
    : info(
        `${how}; ${label} was presented once more, which Salesforce takes for reuse, and then the client asked for help. A client cannot know better.`,
        [retry.seq, first.seq, ...surfaced],
      );
}

/** The phase and what follows it, until the next thing goes wrong. */
export function affected(scenario: ScenarioHistory, phase: string): ScenarioHistory {
  const over = `${phase}-over`;
  const next = scenario
    .since(phase)
    .of('phase')
    .find((event) => event.phase !== phase && event.phase !== over);
  return next === undefined ? scenario.since(phase) : scenario.since(phase).before(next.phase);
}
