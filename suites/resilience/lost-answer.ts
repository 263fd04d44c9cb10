/** Judges what a client does when its refresh was carried out and the answer was lost. */
import type { Finding } from '../../src/grade/check.ts';
import { fail, info, pass, warn } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { howMany } from '../counted.ts';
import { died, hung } from '../error-handling/aftermath.ts';
import { asksAgain, type Refresh } from '../rtr/refreshes.ts';
import { LEAST_PAUSE_MS } from './survived.ts';

/** Judges what a client does after the answer to a refresh was lost. Every client sends the used token once more, because it cannot know
 * that it was used; Salesforce treats that as reuse and revokes the family. The check judges what follows: the client must stop and ask
 * its user. A client whose library repeats the request immediately gets a warning, because no caller decided on it.
 * @param how how the answer was lost, as a sentence fragment.
 * @param repeatedBy who repeats such a request without the client's control, such as a browser. */
export function judgeLostAnswer(
  scenario: ScenarioHistory,
  phase: string,
  how: string,
  repeatedBy?: string,
): Finding | undefined {
  const part = affected(scenario, phase);
  const [first, ...later] = part.refreshes;
  if (first?.response?.fault !== phase) return undefined;
  const crash = died(part);
  if (crash.length > 0)
    return fail(`${how}, and the client crashed; a clear error was expected.`, [...crash, first.seq]);
  const label = first.facts.refreshToken?.label ?? 'the refresh token';
  const again = later.filter(({ facts }) => facts.refreshToken?.label === label);
  if (again.length > 1) {
    return fail(
      `${how}, and ${label} was sent ${howMany(again.length, 'more time')}; at most one further attempt was expected.`,
      [...again.map(({ seq }) => seq), first.seq],
      { remedy: ONCE_MORE },
    );
  }
  const stuck = hung(part);
  if (stuck.length > 0) {
    return fail(`${how}, and the client never answered; a clear error was expected.`, [...stuck, first.seq], {
      remedy:
        'Make sure that every token request ends: treat a truncated response (`aborted`, `close`, `error`) as a failure, and set a timeout of 30 s or more.',
    });
  }
  const strange = later.find(({ facts }) => (facts.refreshToken?.family ?? null) === null);
  if (strange !== undefined) {
    return fail(`${how}, and the client sent a truncated refresh token.`, [strange.seq, first.seq]);
  }
  const surfaced = [
    ...new Set([
      ...asksAgain(part),
      ...part.actions.flatMap(({ end }) => (end?.result === 'failed' ? [end.seq] : [])),
      ...part.authorizations.map(({ seq }) => seq),
    ]),
  ];
  if (surfaced.length === 0) {
    return part.resources.some(({ response, begunAt }) => begunAt > first.endedAt && response?.status === 200)
      ? undefined
      : fail(`${how}, and the client neither reported an error nor started a new login.`, [first.seq]);
  }
  const [retry] = again;
  if (retry === undefined) {
    return pass(`${how}, and the client reported it without sending ${label} again.`, [first.seq, ...surfaced]);
  }
  const evidence = [retry.seq, first.seq, ...surfaced];
  if (repeatedBy !== undefined && atOnce(part, first, retry)) {
    return info(
      `${how}; ${repeatedBy} sent ${label} once more by itself, which Salesforce treats as reuse, and then the client asked for a new login. A page cannot prevent that.`,
      evidence,
    );
  }
  return atOnce(part, first, retry)
    ? warn(
        `${how}, and ${label} was sent again at once, within the same call; Salesforce treats that as reuse and revokes the token family.`,
        evidence,
        {
          remedy:
            'Do not let the HTTP library retry token requests by itself (`Retry(total=0)`, `retry: 0`). Report the failure, or try once more after a pause.',
        },
      )
    : info(
        `${how}; ${label} was sent once more, which Salesforce treats as reuse, and then the client asked for a new login. A client cannot avoid that.`,
        evidence,
      );
}

const ONCE_MORE =
  'Send the token of a refresh whose answer was lost once more at most, after a pause, and then ask the user to connect again. Remember that the attempt was made: a retry of the HTTP library, of the caller and of the next call add up.';

/** Returns whether both refreshes belong to one call with no real pause between them: then no caller decided on the second. */
function atOnce({ actions }: ScenarioHistory, first: Refresh, retry: Refresh): boolean {
  const sameCall = actions.some(
    ({ begin, end }) =>
      begin.name === 'call' && begin.t <= first.begunAt && end !== undefined && retry.begunAt <= end.t,
  );
  return sameCall && retry.begunAt - first.begunAt < LEAST_PAUSE_MS;
}

/** Returns the events of a phase and of what follows it, until the next fault begins. */
export function affected(scenario: ScenarioHistory, phase: string): ScenarioHistory {
  const over = `${phase}-over`;
  const next = scenario
    .since(phase)
    .of('phase')
    .find((event) => event.phase !== phase && event.phase !== over);
  return next === undefined ? scenario.since(phase) : scenario.since(phase).before(next.phase);
}
