import { expect, it } from 'vitest';
import { withPart } from './waiting.ts';

const page = '# Benchmarks\n\n## Goals\n\nmet\n\n## Starts\n\nold\n\n## Memory\n\nflat\n';

it('replaces one part and keeps the others', () => {
  expect(withPart(page, 'Starts', 'new')).toBe(page.replace('old', 'new'));
});

it('adds a part that was not there', () => {
  expect(withPart(page, 'Whole runs', '9 s')).toBe(page.replace('## Starts', '## Whole runs\n\n9 s\n\n## Starts'));
});
