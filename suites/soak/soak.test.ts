/** The soak on real clients: it ends when an invariant breaks, and finds the shortest sequence that breaks it. */
import { expect, test } from 'vitest';
import { prove } from '../../tools/proof/prove.ts';
import { loadVariant } from '../proof/client/variant.ts';

test('what breaks with every refresh is shown by one', async () => {
  const report = await prove(await loadVariant('drops-new-refresh-token'), { scenarios: ['soak'], seed: 3 });
  const finding = report.checks.find(({ id }) => id === 'MIX-01');
  expect(finding).toMatchObject({
    verdict: 'warn',
    diagnosis: expect.stringMatching(/^The shortest sequence that reproduces it: login, refresh \(/u) as string,
  });
}, 300_000);
