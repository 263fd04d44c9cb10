import { expect, it } from 'vitest';
import { describeEvent } from './describe.ts';

it('says the details of a phase in words, never as JSON', () => {
  const phase = (detail: string): string =>
    describeEvent({ kind: 'phase', phase: 'schedule', detail, seq: 1, t: 0, scenario: 'x', prev: '' });
  expect(phase('{"contenders":2,"commit":[0,1],"answer":[1,0]}')).toBe(
    'phase schedule: contenders 2, commit 0 1, answer 1 0',
  );
  expect(phase('{broken')).toBe('phase schedule: {broken');
  expect(phase('U2')).toBe('phase schedule: U2');
});
