import type { RunFacts } from '../../src/grade/check.ts';

/** For checks of clients whose processes share one token store. */
export const onlySharedStore = ({ app }: RunFacts): string | undefined =>
  app.sharedStore ? undefined : 'The configuration does not declare `app.sharedStore`: one process owns its tokens.';
