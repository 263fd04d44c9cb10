/** Skips checks of a real org's answers in runs with the mock. */
import type { Check } from '../../src/grade/check.ts';

/** Returns why such a check is skipped; undefined in a session with a real org. */
export const notWithMock: NonNullable<Check['skip']> = ({ begin }) =>
  begin.run.upstream === true
    ? undefined
    : 'Only the answers of a real org show this, and the mock answered here: see `serve --upstream`.';
