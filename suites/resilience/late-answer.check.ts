import type { Check } from '../../src/grade/check.ts';
import { fail, pass, skip } from '../../src/grade/finding.ts';
import { presented } from '../rtr/refreshes.ts';

const check: Check = {
  id: 'RES-08',
  suite: 'resilience',
  level: 'SHOULD',
  title: 'A refresh that the client gave up is not followed by its old token',
  failure: 'After a refresh that the client gave up the old token is presented again',
  why: 'The server may have carried the refresh out: then the token is used up, and presenting it again is taken for theft.',
  remedy:
    'Let the refresh go on when its caller stops waiting, and store its answer however late it comes; or give the connection up and ask the user. A timeout of 30 s or more makes it rare.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['held-refresh'],
  untested: 'Let the client refresh while the answer is held for longer than it waits.',
  relies: ['refresh-after-401', 'slow-refresh-awaited'],
  judge: (scenario, { run }) => {
    const [first] = scenario.phase('held').refreshes;
    const released = scenario.of('phase').find(({ phase }) => phase === 'released');
    if (first === undefined || released === undefined) return undefined;
    const call = scenario.phase('held').verbs.find(({ begin }) => begin.name === 'call');
    const aborted = first.response?.delivered === 'aborted';
    const answered = call?.end !== undefined && call.end.t < released.t;
    if (!aborted && !answered) {
      return skip(`The client waited for the whole ${String(Math.round(released.t - first.begunAt))} ms.`, [first.seq]);
    }
    const gaveUpAt = Math.min(aborted ? first.endedAt : Infinity, answered ? call.end.t : Infinity);
    if (gaveUpAt - first.begunAt > 2 * run.holdMs) {
      return skip(
        `The machine stood still: the client waited for ${String(Math.round(gaveUpAt - first.begunAt))} ms, and the answer was to be held for ${String(run.holdMs)} ms.`,
        [first.seq],
      );
    }
    const label = first.facts.refreshToken?.label;
    const again = scenario.refreshes.find(({ seq, facts }) => seq > first.seq && facts.refreshToken?.label === label);
    return again === undefined
      ? pass('After the refresh that it gave up the client did not present the old token again.', [first.seq])
      : fail(`After a refresh that it had given up the client presented ${presented(again)}, again.`, [
          again.seq,
          first.seq,
        ]);
  },
};
export default check;
