import { describe, expect, test } from 'vitest';
import type { Tape } from '../../test-kit/tape.ts';
import followsInstance from './follows-instance.check.ts';
import { judge, refresh, refused, token, use } from './rotation.test-support.ts';

describe('RTR-13', () => {
  const at = (host: string, header = 'host') => ({
    request: {
      headers: [
        { name: 'accept', value: '*/*' },
        { name: header, value: host },
      ],
    },
  });
  const moved = (write: (tape: Tape) => void, answer?: typeof refused) => (tape: Tape) => {
    tape.phase('moved');
    refresh(tape, token(1), answer);
    write(tape);
  };
  const stay = (tape: Tape): number => use(tape, 2, 200, at('127.0.0.1:4711'));

  test.each<[string, (tape: Tape) => number]>([
    ['calls the new host', (tape) => use(tape, 2, 200, at('localhost:4711'))],
    ['calls it, with headers in other letters', (tape) => use(tape, 2, 200, at('localhost:4711', 'Host'))],
    ['calls another host altogether', (tape) => use(tape, 2, 200, { request: { host: 'other' } })],
  ])('a client that %s has moved, be it after one more call to the old one', (_, call) => {
    expect(judge(followsInstance, moved(call))).toMatchObject({ verdict: 'pass', evidence: [5, 3] });
    expect(
      judge(
        followsInstance,
        moved((tape) => [stay(tape), call(tape)]),
      ),
    ).toMatchObject({ verdict: 'pass', evidence: [5, 3] });
  });

  test('the new address is reported', () => {
    const course = (tape: Tape): void => {
      tape.add({ kind: 'fault', fault: 'slow', action: 'fired', detail: 'an hour' });
      tape.add({ kind: 'fault', fault: 'moved-instance', action: 'fired' });
      tape.add({ kind: 'fault', fault: 'moved-instance', action: 'fired', detail: 'http://localhost:4711' });
      moved((after) => use(after, 2, 200, at('localhost:4711')))(tape);
    };
    expect(judge(followsInstance, course)?.message).toContain('instance_url (http://localhost:4711).');
    expect(
      judge(
        followsInstance,
        moved((tape) => use(tape, 2, 200, at('localhost'))),
      )?.message,
    ).toContain('instance_url.');
  });

  test('who stays fails, with or without a Host header', () => {
    expect(judge(followsInstance, moved(stay))).toMatchObject({ verdict: 'fail', evidence: [5, 3] });
    expect(
      judge(
        followsInstance,
        moved((tape) => use(tape, 2)),
      )?.verdict,
    ).toBe('fail');
  });

  test('calls before the answer, or none after it, or an answer that was refused, say nothing', () => {
    expect(
      judge(
        followsInstance,
        moved(() => undefined),
      ),
    ).toBeUndefined();
    expect(judge(followsInstance, moved(stay, refused))).toBeUndefined();
    const early = moved((tape) => use(tape, 1, 200, { request: { begunAt: 25 } }));
    expect(judge(followsInstance, early)).toBeUndefined();
    expect(judge(followsInstance, (tape) => [refresh(tape, token(1)), stay(tape)])).toBeUndefined();
  });
});
