import { describe, expect, test } from 'vitest';
import { createTape } from '../../test-kit/tape.ts';
import { found } from './history.test-support.ts';
import { withStandardError } from './standard-error.ts';

/** Three calls; the client writes `lines` in one of them, and what is found rests on the end of the last. */
function said(lines: readonly string[], inCall: number, stream: 'stdout' | 'stderr' = 'stderr') {
  const tape = createTape('refresh-chain');
  let written = 0;
  let last = 0;
  for (const call of [1, 2, 3]) {
    const end = tape.action('call');
    if (call === inCall) written = tape.add({ kind: 'output', process: 'P1', stream, lines, leaked: [] });
    last = end({ result: 'failed' });
  }
  const finding = found('fail', { evidence: [last, 1], diagnosis: 'It broke.' });
  return { finding: withStandardError(finding, tape.history()), written, last, plain: finding };
}

describe('a line of standard error that names the cause', () => {
  test.each([
    ['tokens not persisted: READONLY', 2],
    ['\u001b[31mSqliteError: attempt to write a readonly database\u001b[0m', 3],
    ['could not save tokens: EACCES', 2],
  ])('is cited and quoted: %s', (line, call) => {
    const { finding, written, last } = said(['starting', line], call);
    expect(finding.evidence).toEqual([last, 1, written]);
    expect(finding.diagnosis).toMatch(/^It broke\. The client wrote to standard error: “/u);
    expect(finding.diagnosis).not.toContain('\u001b');
  });

  test.each<[string, Parameters<typeof said>]>([
    ['names no failure', [['refreshed the session'], 2]],
    ['belongs to an earlier call', [['tokens not persisted'], 1]],
    ['is on standard output', [['tokens not persisted'], 2, 'stdout']],
    ['warns of something deprecated', [['error: punycode is deprecated'], 2]],
  ])('is left alone when it %s', (_, about) => {
    const { finding, plain } = said(...about);
    expect(finding).toBe(plain);
  });

  test('does not change what passed, nor what rests on output itself', () => {
    const tape = createTape('login');
    const end = tape.action('call');
    const seq = tape.add({ kind: 'output', process: 'P1', stream: 'stderr', lines: ['write failed'], leaked: [] });
    const ended = end();
    const pass = found('pass', { evidence: [ended] });
    const hygiene = found('fail', { evidence: [seq] });
    expect(withStandardError(pass, tape.history())).toBe(pass);
    expect(withStandardError(hygiene, tape.history())).toBe(hygiene);
  });
});
