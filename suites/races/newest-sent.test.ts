import { describe, expect, test } from 'vitest';
import type { ActionEnd } from '../../src/history/event.ts';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import { issues, sends } from './concurrent-calls.test-support.ts';
import previous from './old-version.check.ts';
import seeded from './seed-not-reused.check.ts';

/** A refresh with the token of `generation`, as the mock records one that rotates. */
function rotates(tape: Tape, generation: number): void {
  const { answer } = sends(tape, generation);
  const exchange = tape.history().refreshes.at(-1)?.exchange ?? 0;
  const presented = secret(`RT#${String(generation)}`, 87);
  tape.add({ kind: 'rotation', exchange, family: 'F#1', presented, outcome: 'rotated' });
  answer(issues(generation + 1));
}

interface Course {
  /** Tokens that are sent one after the other, by generation. */
  readonly sent: readonly number[];
  readonly last?: Partial<ActionEnd>;
}

const abilities = (more: Readonly<Record<string, boolean>>) => {
  const facts = runFacts();
  return { ...facts, begin: { ...facts.begin, abilities: { ...facts.begin.abilities, ...more } } };
};

describe.each([
  ['CUT-04', previous, 'rolling-deployment', 'side-by-side', { previous: true }],
  ['RTR-19', seeded, 'seeded-processes', 'seeded', { seeded: true }],
] as const)('%s', (_, check, scenario, phase, needed) => {
  const judged = ({ sent, last = {} }: Course) => {
    const tape = createTape(scenario);
    tape.login({ exchange: { response: issues(0) } });
    tape.phase(phase);
    for (const generation of sent) rotates(tape, generation);
    tape.action('call')(last);
    return check.judge(tape.history(), abilities(needed));
  };

  test('passes processes of which each sends the newest token', () => {
    expect(judged({ sent: [0, 1, 2] })?.verdict).toBe('pass');
  });

  test('fails a token that another process had used', () => {
    expect(judged({ sent: [0, 0] })?.message).toContain('the token of the login was sent');
    expect(judged({ sent: [0, 1, 1] })?.verdict).toBe('fail');
  });

  test('fails a first process that has lost a token that works', () => {
    expect(judged({ sent: [0], last: { result: 'failed', reauthorize: true } })?.message).toContain('still valid');
  });

  test('says nothing when only one process refreshed', () => {
    expect(judged({ sent: [0] })).toBeUndefined();
  });

  test('applies where the configuration says so only', () => {
    expect(check.skip?.(abilities({}))).toBeDefined();
    expect(check.skip?.(abilities(needed))).toBeUndefined();
  });
});
