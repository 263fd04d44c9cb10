import type { RunFacts } from '../../src/grade/check.ts';

/** Returns why a check of processes that share one token store does not apply; undefined when it applies. */
export const onlySharedStore = ({ app }: RunFacts): string | undefined =>
  app.sharedStore
    ? undefined
    : 'The configuration does not declare `app.sharedStore`: each process has its own tokens.';
