/** Measures a code_challenge (RFC 7636 §4.2). */
import type { ChallengeFacts } from '../../../src/history/facts.ts';
import type { Secret } from '../../../src/history/label.ts';

/** Measures a PKCE challenge. @param seenBefore event number of an earlier authorization request with the same challenge. */
export function measureChallenge(
  challenge: string,
  secret: Secret,
  occurrences: number,
  seenBefore: number | undefined,
): ChallengeFacts {
  return {
    ...secret,
    wellFormed: /^[A-Za-z0-9_-]{43}$/.test(challenge),
    padded: challenge.endsWith('='),
    // An unescaped `+` in a query is decoded as a space.
    standardBase64: /[+/ ]/.test(challenge),
    hex: /^(?:[0-9a-f]{2}){16,}$/i.test(challenge),
    occurrences,
    ...(seenBefore === undefined ? {} : { seenBefore }),
  };
}
