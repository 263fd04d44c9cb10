/**
 * Vitest with a mock Salesforce: a fixture `salesforce`, fresh for each test, and matchers that print what was seen, expected, and the fix.
 *
 * @example
 * ```ts
 * import { expect, test } from 'sf-conformance/vitest';
 *
 * test('keeps the new refresh token', async ({ salesforce }) => {
 *   const client = await connect(salesforce);
 *   for (const _ of [1, 2]) {
 *     salesforce.expireSessions();
 *     await client.query('SELECT Id FROM Account');
 *   }
 *   await expect(salesforce).toPassCheck('RTR-02');
 * });
 * ```
 */
import { expect, test as base } from 'vitest';
import { toBeCompliantSoFar, toHaveRefreshedOnce, toPassCheck } from './matchers.ts';
import { startMock, type MockOptions, type SalesforceMock } from './mock.ts';

expect.extend({ toPassCheck, toHaveRefreshedOnce, toBeCompliantSoFar });

/** The matchers that `expect(salesforce)` has. */
export interface SalesforceMatchers<R = unknown> {
  /** Passes when the check passes; await it. A check that was not exercised does not pass. */
  toPassCheck(id: string): Promise<R>;
  /** Passes when exactly one refresh was sent since the start or the last `reset`. */
  toHaveRefreshedOnce(): R;
  /** Passes when no check fails; await it. What was not exercised does not count. */
  toBeCompliantSoFar(): Promise<R>;
}

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-empty-object-type -- as Vitest declares it
  interface Matchers<T = any> extends SalesforceMatchers<T> {}
}

/** Fixtures of a test. */
export interface SalesforceFixtures {
  /** Options of `startMock`; change them with `test.override` or `test.extend`. */
  readonly salesforceOptions: MockOptions;
  /** A mock Salesforce for this test alone. */
  readonly salesforce: SalesforceMock;
}

/** Vitest's `test` with the fixture `salesforce`. */
export const test = base.extend<SalesforceFixtures>({
  salesforceOptions: {},
  salesforce: async ({ salesforceOptions }, use) => {
    await using salesforce = await startMock(salesforceOptions);
    await use(salesforce);
  },
});

export { expect };
