/**
 * Playwright with a mock Salesforce: the fixture `salesforce`, fresh for each test, and the matchers of `sf-conformance/vitest`.
 *
 * @example
 * ```ts
 * import { expect, test } from 'sf-conformance/playwright';
 *
 * test('connects', async ({ page, salesforce }) => {
 *   await page.goto(`http://localhost:3000/?login=${salesforce.loginUrl}`);
 *   await page.getByText('Connect').click();
 *   await expect(salesforce).toPassCheck('PKCE-02');
 * });
 * ```
 */
import { expect as baseExpect, test as base } from '@playwright/test';
import { toBeCompliantSoFar, toHaveRefreshedOnce, toPassCheck } from './matchers.ts';
import { startMock, type MockOptions, type SalesforceMock } from './mock.ts';

/** Playwright's `test` with the fixture `salesforce` and the option `salesforceOptions`. */
export const test = base.extend<{ salesforceOptions: MockOptions; salesforce: SalesforceMock }>({
  salesforceOptions: [{}, { option: true }],
  salesforce: async ({ salesforceOptions }, use) => {
    await using salesforce = await startMock(salesforceOptions);
    await use(salesforce);
  },
});

/** Playwright's `expect` with the matchers for a mock. */
export const expect = baseExpect.extend({ toPassCheck, toHaveRefreshedOnce, toBeCompliantSoFar });
