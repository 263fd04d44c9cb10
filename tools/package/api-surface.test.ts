/** The exports of the package change on purpose only: `npx vitest run tools/package/api-surface.test.ts --update` writes the file anew. */
import { expect, test } from 'vitest';
import { apiSurface } from './api-surface.ts';

test('the entry points export what is written down', async () => {
  const surface = apiSurface();
  expect(surface).toContain('const startMock: (options?: MockOptions) => Promise<SalesforceMock>');
  await expect(surface).toMatchFileSnapshot('api-surface.txt');
});
