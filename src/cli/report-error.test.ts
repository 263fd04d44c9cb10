import { expect, it } from 'vitest';
import { HarnessError } from '../errors.ts';
import { reportError } from './report-error.ts';

function reported(error: unknown, env: Record<string, string> = {}): { code: number; text: string } {
  const lines: string[] = [];
  const color = { out: false, err: false };
  const code = reportError(error, { complain: (line) => void lines.push(line), color }, env);
  return { code, text: lines.join('\n') };
}

it('reports an error and what to do next', () => {
  expect(reported(new HarnessError('x', 'It is broken.', 'Fix it.'))).toEqual({
    code: 2,
    text: 'error: It is broken.\nFix it.',
  });
  expect(reported(new HarnessError('x', 'Ours.', 'Tell us.', { exit: 70 })).code).toBe(70);
});

it('calls everything else a fault of the harness', () => {
  const { code, text } = reported(new TypeError('x is not a function\nsecond line'));
  expect(code).toBe(70);
  expect(text).toMatch(/^error: x is not a function\nThis is a fault of the harness/u);
  expect(text).not.toMatch(/\n +at |second/u);
  expect(reported('text').text).toContain('error: text');
});

it.each(['ENOSPC', 'EROFS', 'EACCES', 'EDQUOT', 'EIO'])('says of %s what can be done about it', (code) => {
  const { code: exit, text } = reported(Object.assign(new Error(`${code}: write`), { code }));
  expect(exit).toBe(70);
  expect(text).toMatch(
    /^error: E[A-Z]+: write\nThe machine does not let it be written\..*sf-conformance report RUN_DIR/u,
  );
});

it('shows the trace and its causes when DEBUG is set', () => {
  const { text } = reported(new HarnessError('x', 'Outer.', 'Hint.', { cause: new Error('inner') }), { DEBUG: '1' });
  expect(text).toMatch(/\n +at /u);
  expect(text).toContain('caused by: Error: inner');
});
