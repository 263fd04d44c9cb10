import { describe, expect, it } from 'vitest';

import { renderPage } from '../html/page.ts';
import { wholePage } from '../html/whole-page.test-support.ts';
import { call, redeem, refresh } from '../../test-kit/sample-run/exchanges.ts';
import { sampleRun } from '../../test-kit/sample-run/sample-run.ts';
import { createTape } from '../../test-kit/sample-run/tape.ts';
import { roundsOf } from './rounds.ts';
import { createTrail } from './trail.ts';

/** Two contenders in two orders: after the first the client sends an invalid token, after the second the new one. */
function twoRounds() {
  const tape = createTape();
  const id = 'commit-order';
  let exchange = 0;
  const place = (begin: number, end: number, connection: number) => {
    exchange += 1;
    return { scenario: id, exchange, connection: `C${String(connection)}`, begin, end };
  };
  tape.put(0, id, { kind: 'scenario-begin', title: 'Every order', mode: 'strict' });
  for (const [n, kept] of [false, true].entries()) {
    const t = 1000 * (n + 1);
    const family = `F#${String(n + 1)}`;
    const rt = 10 * (n + 1);
    redeem(tape, place(t, t + 10, 1), { login: n, family, rt, at: rt });
    tape.put(t + 20, id, { kind: 'control', action: 'expire-access-tokens' });
    call(tape, place(t + 30, t + 40, 2), { family, at: rt, alive: false });
    const order = kept ? [1, 0] : [0, 1];
    tape.put(t + 50, id, {
      kind: 'phase',
      phase: 'schedule',
      detail: JSON.stringify({ contenders: 2, commit: order, answer: order }),
    });
    const next = { rt: rt + 1, at: rt + 1 };
    refresh(tape, place(t + 60, t + 90, 2), { family, rt, generation: 0, head: true, outcome: 'rotated', next });
    refresh(tape, place(t + 61, t + 95, 3), { family, rt, generation: 0, head: false, outcome: 'in-flight' });
    tape.put(t + 100, id, { kind: 'phase', phase: 'probe' });
    tape.put(t + 101, id, { kind: 'control', action: 'expire-access-tokens' });
    refresh(
      tape,
      place(t + 110, t + 120, 2),
      kept
        ? { family, rt: rt + 1, generation: 1, head: true, outcome: 'rotated', next: { rt: rt + 2, at: rt + 2 } }
        : { family, rt, generation: 0, head: false, outcome: 'reuse' },
    );
  }
  tape.put(3000, id, { kind: 'scenario-end', outcome: 'completed', durationMs: 3000 });
  return tape.finish().history;
}

describe('rounds', () => {
  const history = twoRounds();
  const trail = createTrail(history).scenarios.get('commit-order')!;
  const rounds = roundsOf(trail);

  it('are kept apart, each with its orders and what came of it', () => {
    expect(rounds.map(({ number, commit, answer, kept }) => ({ number, commit, answer, kept }))).toEqual([
      { number: 1, commit: [1, 2], answer: [1, 2], kept: false },
      { number: 2, commit: [2, 1], answer: [2, 1], kept: true },
    ]);
  });

  it('have the race and its probe, and nothing of the next login', () => {
    const asked = rounds.map(({ exchanges }) =>
      exchanges.map(({ request: { facts } }) => (facts.kind === 'token' ? facts.refreshToken?.label : facts.kind)),
    );
    expect(asked).toEqual([
      ['resource', 'RT#10', 'RT#10', 'RT#10'],
      ['resource', 'RT#20', 'RT#20', 'RT#21'],
    ]);
  });

  it('are none without a race', () => {
    expect(roundsOf({ ...trail, others: trail.others.filter(({ kind }) => kind !== 'phase') })).toEqual([]);
    const spoilt = trail.others.map((event) =>
      event.kind === 'phase' ? { ...event, detail: '{"commit":["<b>"]}' } : event,
    );
    expect(roundsOf({ ...trail, others: spoilt })).toEqual([]);
  });

  it('are side by side on the page: one that was lost, one that was kept, both in text too', () => {
    const { report } = sampleRun();
    const [scenario] = report.scenarios;
    const page = renderPage({
      history,
      report: { ...report, checks: [], scenarios: [{ ...scenario!, id: 'commit-order', title: 'Every order' }] },
    });
    const text = wholePage(page).replace(/\s+/g, ' ');
    const places = [
      'The race was run in 2 orders: 1 ended with a connection that works, 1 without.',
      'Order 1: the connection was lost',
      'Carried out in the order 2 and 1, answered in the order 2 and 1.',
      'RT#10 in use by 2 requests',
      'Order 2: the connection was kept',
    ].map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
  });
});
