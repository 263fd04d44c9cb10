import { HarnessError } from '../../errors.ts';
import type { Action } from '../command.ts';

/** Refuses to start: hosting is not part of this version. @throws HarnessError `no-hosting` (exit 2) */
export const action: Action = () =>
  Promise.reject(
    new HarnessError(
      'no-hosting',
      'Hosting for many partners is not part of this version.',
      'Run `sf-conformance serve` for one client.',
    ),
  );
