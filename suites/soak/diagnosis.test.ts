/** The diagnosis of a soak that broke an invariant: the shortest sequence that reproduces it, or the operations before it. */
import { expect, test } from 'vitest';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './invariants.check.ts';
import { operation, refresh } from './soak.test-support.ts';

test('the diagnosis names the shortest of the sequences that break the same invariant, with its events first', () => {
  const tape = createTape('soak');
  const reuse = (generation: number) => {
    refresh(tape, generation);
    return refresh(tape, generation, {}, false);
  };
  tape.phase('operations');
  operation(tape, { op: 'call' }, () => undefined);
  operation(tape, { op: 'restart' }, () => undefined);
  operation(tape, { op: 'refresh', calls: 3 }, () => reuse(0));
  tape.phase('operations');
  operation(tape, { op: 'refresh', calls: 1 }, () => refresh(tape, 4));
  tape.phase('operations');
  let seq = 0;
  operation(tape, { op: 'refresh', calls: 3 }, () => {
    seq = reuse(8);
  });
  tape.phase('operations');
  operation(tape, { op: 'call' }, () => undefined);
  operation(tape, { op: 'refresh', calls: 3 }, () => reuse(12));
  const finding = check.judge(tape.history(), runFacts());
  expect(finding).toMatchObject({
    verdict: 'fail',
    message: expect.stringContaining('(3 operations') as string,
    diagnosis: 'The shortest sequence that reproduces it: login, refresh by 3 calls (3 shorter sequences tried).',
  });
  expect(finding?.evidence[0]).toBe(seq);
});

/** A sequence of operations, the last of which breaks I1; `also` comes before it. */
function breaking(tape: Tape, operations: number, also: (tape: Tape) => void = () => undefined): number {
  tape.phase('operations');
  for (let n = 1; n < operations; n += 1) operation(tape, { op: 'call' }, () => undefined);
  let seq = 0;
  operation(tape, { op: 'refresh', calls: 3 }, () => {
    also(tape);
    refresh(tape, 0);
    seq = refresh(tape, 0, {}, false);
  });
  return seq;
}

test('the shortest sequence is neither the first nor one that breaks another invariant', () => {
  const tape = createTape('soak');
  breaking(tape, 4);
  breaking(tape, 3);
  const shortest = breaking(tape, 2);
  tape.phase('operations');
  operation(tape, { op: 'call' }, () => {
    refresh(tape, 5, { response: null });
    refresh(tape, 5, { response: null });
  });
  const finding = check.judge(tape.history(), runFacts());
  expect(finding?.diagnosis).toContain('login, call, refresh by 3 calls (3 shorter sequences tried)');
  expect(finding?.evidence[0]).toBe(shortest);
});

test('what else is broken is named', () => {
  const tape = createTape('soak');
  breaking(tape, 1, (also) => {
    refresh(also, 5, { response: null });
    refresh(also, 5, { response: null });
  });
  const finding = check.judge(tape.history(), runFacts());
  expect(finding).toMatchObject({
    message: expect.stringContaining('I2:') as string,
    diagnosis: expect.stringContaining('Also broken: I1.') as string,
  });
  const alone = createTape('soak');
  breaking(alone, 1);
  expect(check.judge(alone.history(), runFacts())?.diagnosis).not.toContain('Also broken');
});

test('of many operations the diagnosis names the last thirty, and how many came before', () => {
  const diagnosisOf = (operations: number): string => {
    const tape = createTape('soak');
    breaking(tape, operations);
    return check.judge(tape.history(), runFacts())?.diagnosis ?? '';
  };
  expect(diagnosisOf(30)).toBe(`It happens after: ${'call, '.repeat(29)}refresh by 3 calls.`);
  expect(diagnosisOf(32)).toBe(`It happens after: … (2 more), ${'call, '.repeat(29)}refresh by 3 calls.`);
});

test('nothing is said of refreshes before the first operation', () => {
  const tape = createTape('soak');
  refresh(tape, 0);
  refresh(tape, 0, {}, false);
  expect(check.judge(tape.history(), runFacts())).toBeUndefined();
});

test('the diagnosis names the operations since the last login', () => {
  const tape = createTape('soak');
  operation(tape, { op: 'call' }, () => undefined);
  operation(tape, { op: 'login' }, () => undefined);
  operation(tape, { op: 'refresh', calls: 3 }, () => {
    refresh(tape, 0);
    refresh(tape, 0, {}, false);
  });
  const finding = check.judge(tape.history(), runFacts());
  expect(finding).toMatchObject({ verdict: 'fail', diagnosis: 'It happens after: login, refresh by 3 calls.' });
  expect(check.judge(createTape('soak').history(), runFacts())).toBeUndefined();
});
