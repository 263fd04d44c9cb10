import { defineCheck, fail, pass, skip } from '../../src/grade/finding.ts';
import { sentToken } from '../rtr/refreshes.ts';

export default defineCheck({
  id: 'RES-08',
  suite: 'resilience',
  level: 'SHOULD',
  title: 'After a refresh timed out the old refresh token is not sent again',
  failure: 'After a refresh timed out the old refresh token is sent again',
  why: 'The server may have completed the refresh. Then the token is used up, and sending it again is treated as reuse.',
  remedy:
    'Let the refresh continue when its caller stops waiting, and store the response however late it arrives; or end the connection and ask the user to connect again. A timeout of 30 s or more makes this rare.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['held-refresh'],
  untested: 'Let the client refresh while the response is held for longer than the client waits.',
  relies: ['refresh-after-401', 'slow-refresh-awaited'],
  judge: (scenario, { run }) => {
    const [first] = scenario.phase('held').refreshes;
    const released = scenario.of('phase').find(({ phase }) => phase === 'released');
    if (first === undefined || released === undefined) return undefined;
    const call = scenario.phase('held').actions.find(({ begin }) => begin.name === 'call');
    const aborted = first.response?.delivered === 'aborted';
    const answered = call?.end !== undefined && call.end.t < released.t;
    const heldMs = Math.round(released.t - first.begunAt);
    // The harness releases the response once the client has sent a second request.
    if (!aborted && !answered && heldMs < run.holdMs / 2) {
      return skip(
        `The client did not wait: after ${String(heldMs)} ms it sent another token request, so the response was held no longer.`,
        [first.seq, released.seq],
      );
    }
    if (!aborted && !answered) {
      return skip(`The client waited for the full ${String(heldMs)} ms.`, [first.seq, released.seq]);
    }
    const gaveUpAt = Math.min(aborted ? first.endedAt : Infinity, answered ? call.end.t : Infinity);
    if (gaveUpAt - first.begunAt > 2 * run.holdMs) {
      return skip(
        `The machine was too slow: the client waited ${String(Math.round(gaveUpAt - first.begunAt))} ms, while the response was meant to be held for ${String(run.holdMs)} ms.`,
        [first.seq],
      );
    }
    const label = first.facts.refreshToken?.label;
    const again = scenario.refreshes.find(({ seq, facts }) => seq > first.seq && facts.refreshToken?.label === label);
    return again === undefined
      ? pass('After its refresh timed out the client did not send the old token again.', [first.seq])
      : fail(
          `After its refresh timed out the client sent ${sentToken(again)}, again; the old token must not be sent again.`,
          [again.seq, first.seq],
        );
  },
});
