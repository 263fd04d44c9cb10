/** Reads the authorization requests that carried a challenge. */
import type { AuthorizationFacts, ChallengeFacts } from '../../src/history/facts.ts';
import type { ExchangeRecord } from '../../src/history/query.ts';

/** An authorization request with a `code_challenge`, as the PKCE checks read it. */
export interface Challenged {
  /** Event number of the authorization request. */
  readonly seq: number;
  readonly challenge: ChallengeFacts;
  /** `code_challenge_method` as sent; null when absent. */
  readonly method: string | null;
}

/** Returns the authorization requests with a challenge, in order of arrival. */
export const challenged = (authorizations: readonly ExchangeRecord<AuthorizationFacts>[]): readonly Challenged[] =>
  authorizations.flatMap(({ seq, facts: { challenge, method } }) =>
    challenge === null ? [] : [{ seq, challenge, method }],
  );
