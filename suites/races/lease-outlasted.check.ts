import { defineCheck, fail, pass } from '../../src/grade/finding.ts';

export default defineCheck({
  id: 'RACE-16',
  suite: 'races',
  level: 'SHOULD',
  title: 'A refresh that outlasts its lease is not sent again by another caller',
  failure: 'When the lease on the right to refresh ends, another caller sends the same token',
  why: 'A lease keeps a crashed process from blocking the others for ever. When it is shorter than a slow refresh, a second caller sends the token while the first request is under way, and the token family is revoked.',
  remedy:
    'Renew the lease while the refresh runs, or make it longer than the longest time that a token request may take. Read the store again once you hold it.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['outlasted-lease'],
  untested: 'Declare `app.leaseMs` and let the client refresh while the answer is held for longer than that.',
  relies: [
    'refresh-after-401',
    'one-refresh-at-a-time',
    'one-refresh-among-processes',
    'slow-refresh-awaited',
    'refresh-survived',
  ],
  skip: ({ app }) =>
    app.leaseMs === undefined
      ? 'The configuration does not declare `app.leaseMs`: whether the client has a lease is not known.'
      : undefined,
  judge: (scenario, { app }) => {
    const [first, ...later] = scenario.phase('held').refreshes;
    const released = scenario.of('phase').find(({ phase }) => phase === 'released');
    if (first === undefined || released === undefined || app.leaseMs === undefined) return undefined;
    const label = first.facts.refreshToken?.label;
    const again = [...later, ...scenario.phase('released').refreshes].find(
      ({ facts, begunAt }) => facts.refreshToken?.label === label && begunAt < first.endedAt,
    );
    if (again !== undefined) {
      return fail(
        `${label ?? 'A refresh token'} was sent again ${String(Math.round(again.begunAt - first.begunAt))} ms after the first request, which was still under way; the lease is ${String(app.leaseMs)} ms.`,
        [again.seq, first.seq],
      );
    }
    const heldMs = released.t - first.begunAt;
    return heldMs < app.leaseMs
      ? undefined
      : pass(
          `The answer to a refresh was held for ${String(Math.round(heldMs))} ms, longer than the lease of ${String(app.leaseMs)} ms, and ${label ?? 'its token'} was not sent again.`,
          [first.seq, released.seq],
        );
  },
});
