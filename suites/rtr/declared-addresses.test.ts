import { describe, expect, test } from 'vitest';
import { createTape } from '../../test-kit/tape.ts';
import { issues, sends } from '../races/concurrent-calls.test-support.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './declared-addresses.check.ts';

const facts = (egress?: readonly string[]) => {
  const all = runFacts();
  return { ...all, app: { ...all.app, ...(egress === undefined ? {} : { egress }) } };
};

/** Refreshes from these addresses; undefined: it could not be seen. */
function judged(sources: readonly (string | undefined)[], egress = ['203.0.113.0/28', '2001:db8::1']) {
  const tape = createTape('refresh-chain');
  tape.login();
  for (const [n, source] of sources.entries()) {
    sends(tape, n, { request: source === undefined ? {} : { source } }).answer(issues(n + 1));
  }
  return check.judge(tape.history(), facts(egress));
}

describe('IP-01', () => {
  test('passes refreshes from declared addresses and ranges', () => {
    expect(judged(['203.0.113.7', '2001:db8::1', undefined])).toMatchObject({
      verdict: 'pass',
      message: expect.stringContaining('2 refreshes') as string,
    });
  });

  test('fails one refresh from elsewhere', () => {
    expect(judged(['203.0.113.7', '203.0.113.16'])?.message).toContain('came from 203.0.113.16');
    expect(judged(['2001:db8::2'])?.verdict).toBe('fail');
  });

  test('skips where no address can be seen, or none is declared, and says nothing without a refresh', () => {
    expect(judged([undefined])?.verdict).toBe('skip');
    expect(check.skip?.(facts())).toBeDefined();
    expect(check.skip?.(facts(['203.0.113.7']))).toBeUndefined();
    expect(judged([])).toBeUndefined();
  });
});
