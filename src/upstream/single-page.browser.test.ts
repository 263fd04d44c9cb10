import { expect, test } from 'vitest';
import { drive, verdictsOf } from './fixtures/drive.ts';

const PAGE = 'examples/single-page/conformance.config.json';

test(
  'a page whose own requests go through the recorder gets the same verdicts as directly',
  { timeout: 300_000 },
  async () => {
    const scenarios = ['login', 'refresh-chain', 'herd-2'];
    const directly = await drive(PAGE, scenarios, false);
    const through = await drive(PAGE, scenarios, true);
    expect(through.outcomes).toEqual(directly.outcomes);
    expect(verdictsOf(through)).toEqual(verdictsOf(directly));
    expect(Object.values(through.outcomes)).toEqual(scenarios.map(() => 'completed'));
    expect(through.events.some((event) => event.kind === 'rotation' && event.outcome === 'rotated')).toBe(true);
  },
);
