import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import type { Refresh } from '../rtr/refreshes.ts';
import { hung } from './aftermath.ts';

const check: Check = {
  id: 'ERR-09',
  suite: 'error-handling',
  level: 'SHOULD',
  title: 'A 401 that stays after a refresh is reported',
  failure: 'A 401 that stays after a refresh leads to further refreshes',
  why: 'An access token that is refused while it is fresh is not mended by another one: a network range, a profile or a policy of the org stands behind it. The loop uses up a rotation each time.',
  remedy:
    'Repeat a call once after a refresh. When it is answered 401 again, report it: `if (retried) throw new Unauthorized()`.',
  references: ['RFC 6750 §3.1'],
  scenarios: ['resource-errors'],
  untested: 'Let the API answer 401 to a call of the client although its access token lives.',
  blockers: ['RTR-01'],
  judge: (scenario) => {
    const part = scenario.phase('unauthorized');
    const told = part.resources.find(({ response }) => response?.fault === 'unauthorized');
    if (told === undefined) return undefined;
    const stuck = hung(part);
    if (stuck.length > 0) {
      return fail('The API went on answering 401, and the client never answered; a clear error was expected.', stuck);
    }
    const refreshes = part.refreshes.filter(({ begunAt }) => begunAt >= told.endedAt);
    const mine = refreshes.filter(({ begunAt }) => asked(part, begunAt));
    if (refreshes.length > MOST_IN_ALL || (mine.length > 1 && !usedTwice(part, mine[0]))) {
      return fail(
        `The API went on answering 401, and one call led to ${String(refreshes.length)} refreshes; at most one was expected.`,
        [...refreshes.map(({ seq }) => seq), told.seq],
      );
    }
    const call = part.verbs.find(({ begin }) => begin.name === 'call');
    if (call?.end === undefined) return undefined;
    return call.end.result === 'failed'
      ? pass(`The 401 was reported after ${String(refreshes.length)} refreshes.`, [call.end.seq, told.seq])
      : fail('The API answered nothing but 401, and the client did not report an error.', [call.end.seq, told.seq]);
  },
};
export default check;

/** So many refreshes are a loop, whoever in the client began them. */
const MOST_IN_ALL = 3;

/** A call was being answered at that time. What a client does by itself is no part of it. */
const asked = ({ verbs }: ScenarioHistory, at: number): boolean =>
  verbs.some(({ begin, end }) => begin.name === 'call' && begin.t <= at && at <= (end?.t ?? Infinity));

/** The access token of a refresh went to two requests: then the next refresh may be somebody else's first one. */
function usedTwice({ resources }: ScenarioHistory, refresh: Refresh | undefined): boolean {
  const label = refresh?.response?.issued?.accessToken?.label;
  return label !== undefined && resources.filter(({ facts }) => facts.accessToken?.label === label).length > 1;
}
