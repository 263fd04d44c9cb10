/** Which checks speak to which kind of client. */
import type { RunFacts } from '../../src/grade/check.ts';

/** Limits a check to public clients: for checks of public clients. */
export const onlyPublic = ({ app }: RunFacts): string | undefined =>
  app.client === 'public' ? undefined : 'The client is confidential: it has a secret to send.';

/** Limits a check to confidential clients: for checks of confidential clients. */
export const onlyConfidential = ({ app }: RunFacts): string | undefined =>
  app.client === 'confidential' ? undefined : 'The client is public: it has no secret.';
