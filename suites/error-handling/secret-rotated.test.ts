import { describe, expect, test } from 'vitest';
import type { ActionEnd } from '../../src/history/event.ts';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { refreshes, served } from '../races/concurrent-calls.test-support.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './secret-rotated.check.ts';

const refusedWith = (tape: Tape, label: string, header = false): number =>
  refreshes(
    tape,
    1,
    { status: 400, error: 'invalid_client' },
    {
      request: header
        ? { headers: [{ name: 'Authorization', value: `Basic ${label}` }] }
        : { body: [{ name: 'client_secret', value: label }] },
    },
  );

interface Course {
  /** Labels of the secrets that each call sends. */
  readonly calls?: readonly (readonly string[])[];
  readonly answer?: Partial<ActionEnd>;
  readonly header?: boolean;
  /** The secret that it sends once it was restarted with the new one; undefined: it does not refresh. */
  readonly then?: 'OLD' | 'NEW';
}

function judged({ calls = [['OLD'], ['OLD']], answer = { result: 'failed' }, header = false, then }: Course = {}) {
  const tape = createTape('secret-rotated');
  tape.login();
  tape.phase('both-secrets');
  const both = tape.action('call');
  refreshes(tape, 0);
  served(tape, 1);
  both();
  tape.phase('new-secret-only');
  for (const labels of calls) {
    const end = tape.action('call');
    for (const label of labels) refusedWith(tape, label, header);
    end(answer);
  }
  tape.phase('new-secret-given');
  if (then === 'OLD') refusedWith(tape, 'OLD', header);
  if (then === 'NEW') refreshes(tape, 1, {}, { request: { body: [{ name: 'client_secret', value: 'NEW' }] } });
  return check.judge(tape.history(), runFacts());
}

describe('ERR-12', () => {
  test('passes a client that reports invalid_client, with one more try at the most', () => {
    expect(judged()?.verdict).toBe('pass');
    expect(judged({ header: true })?.verdict).toBe('pass');
    expect(judged({ calls: [['OLD', 'OLD']] })?.verdict).toBe('pass');
  });

  test('fails a client that tries on or tries another secret, in the body or in the header', () => {
    expect(judged({ calls: [['OLD', 'OLD', 'OLD']] })?.message).toContain('3 refreshes');
    expect(judged({ calls: [['OLD', 'OTHER']] })?.message).toContain('another secret');
    expect(judged({ calls: [['OLD'], ['OTHER']], header: true })?.message).toContain('another secret');
  });

  test('fails a client that hides it, dies or never answers', () => {
    for (const result of ['ok', 'died', 'timed-out'] as const) {
      expect(judged({ answer: { result } })?.message, result).toContain('did not report an error');
    }
  });

  test('fails a client that keeps the old secret when it was started with the new one', () => {
    expect(judged({ then: 'OLD' })).toMatchObject({
      verdict: 'fail',
      diagnosis: expect.stringContaining('must have stored') as string,
    });
    expect(judged({ then: 'NEW' })?.message).toContain('restarted with the new one it refreshed again');
    expect(judged()?.message).not.toContain('restarted');
  });

  test('says nothing without a refusal, and does not apply to a public client', () => {
    expect(judged({ calls: [[]] })).toBeUndefined();
    const facts = runFacts();
    expect(check.skip?.({ ...facts, app: { ...facts.app, client: 'public' } })).toBeDefined();
    expect(check.skip?.({ ...facts, app: { ...facts.app, client: 'confidential' } })).toBeUndefined();
  });
});
