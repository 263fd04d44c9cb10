/** Selects the checks that apply to public or to confidential clients. */
import type { RunFacts } from '../../src/grade/check.ts';

/** Returns why a check of public clients does not apply; undefined when it applies. */
export const onlyPublic = ({ app }: RunFacts): string | undefined =>
  app.client === 'public' ? undefined : 'The client is confidential: it has a secret to send.';

/** Returns why a check of confidential clients does not apply; undefined when it applies. */
export const onlyConfidential = ({ app }: RunFacts): string | undefined =>
  app.client === 'confidential' ? undefined : 'The client is public: it has no secret.';
