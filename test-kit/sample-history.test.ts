import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { sampleHistory } from './sample-history.ts';

describe.each(['compliant', 'failing'] as const)('the history of the %s sample', (name) => {
  it('comes back with an unbroken chain', () => {
    const lines = sampleHistory(name).trimEnd().split('\n');
    let prev = '0'.repeat(64);
    for (const line of lines) {
      expect((JSON.parse(line) as { prev: string }).prev).toBe(prev);
      prev = createHash('sha256').update(line).digest('hex');
    }
    expect(lines.length).toBeGreaterThan(1000);
  });
});
