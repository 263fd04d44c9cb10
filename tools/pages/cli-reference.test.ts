import { expect, it } from 'vitest';
import { reference } from './cli-reference.ts';

it('is the published page (`npm run docs` writes it)', async () => {
  await expect(reference()).toMatchFileSnapshot('../../docs/cli.md');
});
