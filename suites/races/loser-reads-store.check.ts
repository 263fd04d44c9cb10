import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { tallyCalls } from '../../src/history/calls.ts';
import { callsLeft, endsOf } from '../calls.ts';
import { refusedRequests, sentToken, succeeded, type Refresh } from '../rtr/refreshes.ts';
import { onlySharedStore } from './shared-store.ts';

export default defineCheck({
  id: 'RACE-05',
  suite: 'races',
  level: 'MUST',
  title: 'A process uses the tokens that another process has stored',
  failure: 'A process sends a refresh token that another process has used',
  why: 'With rotation a process cannot trust its own copy of the refresh token: another process may have refreshed. Sending the old token revokes the family for all of them.',
  remedy:
    'Let the process read the store again before it refreshes, inside the lock that guards the refresh. If the token there is newer than the one in memory, use it and do not refresh.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['two-processes'],
  needs: ['processes'],
  untested: 'Start two processes of the client on one store, and let one refresh while the other waits.',
  relies: ['chain-kept', 'refresh-survived', 'new-access-token-used'],
  skip: onlySharedStore,
  judge: (scenario) => {
    const part = scenario.since('late-process');
    const winner = part.refreshes.find(succeeded);
    const tally = tallyCalls(scenario, part);
    const wrong = callsLeft(tally);
    if (winner === undefined) {
      return wrong === undefined || tally.refused.length === 0
        ? undefined
        : fail(wrong.message, wrong.evidence, { assumes: ['refresh-after-401'] });
    }
    const stale = part.refreshes.find(({ seq, facts }) => seq > winner.seq && facts.refreshToken?.head !== true);
    if (stale !== undefined) {
      const again = part.refreshes.filter(
        ({ seq, facts }) => seq > stale.seq && facts.refreshToken?.label === stale.facts.refreshToken?.label,
      );
      return fail(
        `A second process sent ${sentToken(stale)}, after another process had rotated it; the newest token was expected.`,
        [stale.seq, ...again.map(({ seq }) => seq), winner.seq],
        { diagnosis: whatFollowed(part, winner, stale, again.length) },
      );
    }
    if (wrong !== undefined) {
      return fail(`The second process did not use the tokens that the first had stored: ${wrong.message}`, [
        ...wrong.evidence,
        winner.seq,
      ]);
    }
    return tally.seen
      ? pass('The second process continued with the tokens that the first had stored.', [winner.seq])
      : inconclusive('The second process reported success, but sent no API request.', endsOf(tally.calls));
  },
});

/** Describes how long the process had waited before it sent the used token, and what it did after the refusal. */
function whatFollowed(part: ScenarioHistory, winner: Refresh, stale: Refresh, again: number): string | undefined {
  const learnt = refusedRequests(part).findLast(({ endedAt }) => endedAt <= stale.begunAt);
  const waitedMs = Math.round(stale.begunAt - (learnt?.endedAt ?? stale.begunAt));
  const { refreshToken, accessToken } = winner.response?.issued ?? {};
  const later = <T extends { readonly begunAt: number }>(all: readonly T[]): readonly T[] =>
    all.filter(({ begunAt }) => begunAt >= stale.endedAt);
  const reread =
    later(part.refreshes).some(({ facts }) => facts.refreshToken?.label === refreshToken?.label) ||
    later(part.resources).some(({ facts }) => facts.accessToken?.label === accessToken?.label);
  const sentences = [
    waitedMs < LONG_MS
      ? undefined
      : `It waited ${String(waitedMs)} ms after its 401, as if for a lock, and then sent the token that it had read before.`,
    again === 0 ? undefined : `It sent the refused token again ${again === 1 ? 'once' : `${String(again)} times`}.`,
    reread
      ? 'After the refusal it read the store and sent the token of the first process: too late, because the used token had revoked the whole token family.'
      : undefined,
  ].filter((sentence) => sentence !== undefined);
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

/** A pause longer than the ordinary work between an answer and the next request. */
const LONG_MS = 50;
