/** Distinguishes tokens from ordinary words, to hide tokens that are not registered. */

/** Returns the Shannon entropy of the characters of a text, in bits per character. */
export function entropyPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / total) * Math.log2(count / total);
  return bits;
}

/** Matches runs that may be tokens: at least 24 characters of the token alphabets (base64, base64url, hexadecimal). */
export const TOKEN_RUN = /[A-Za-z0-9_\-+~]{24,}={0,2}/g;

/** Matches consumer key, access token, refresh token, code and JWT in Salesforce's format, and with the dash that other servers use; `!`
 * and `=` may be percent-encoded. */
export const SALESFORCE_SHAPES =
  /3MVG9[A-Za-z0-9._]{40,}|00D[A-Za-z0-9]{12}(?:!|%21)[A-Za-z0-9._-]{8,}|5Aep861[A-Za-z0-9._-]{16,}|aPrx[A-Za-z0-9._-]{20,}(?:=|%3[Dd])*|eyJ(?:(?!eyJ)[A-Za-z0-9_-]){8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/g;

const WHOLE_SHAPE = new RegExp(`^(?:${SALESFORCE_SHAPES.source})$`);

/** Returns whether a text is one token, code or JWT in Salesforce's format, and not a consumer key. */
export const hasSalesforceShape = (text: string): boolean => WHOLE_SHAPE.test(text) && !isConsumerKey(text);

/** Returns whether a text is a consumer key, which is public although it is long and random. */
export const isConsumerKey = (run: string): boolean => run.startsWith('3MVG9');

const WORD = /^(?:[A-Z]?[a-z]+|[A-Z]+)\d{0,3}$|^\d{1,4}$/;

/** Returns whether a run is words joined by dashes, underscores or capitals: `token-request-is-processed`, `processTicksAndRejections`. */
export function isMadeOfWords(run: string): boolean {
  const parts = run
    .split(/[-_+=~]+/)
    .flatMap((part) => part.split(/(?<=[a-z])(?=[A-Z])/))
    .filter((part) => part !== '');
  return parts.every((part) => WORD.test(part)) && run.length / Math.max(1, parts.length) >= 3.5;
}

/** Returns whether a run is more likely a token than a word. In doubt, it is hidden. */
export function looksLikeToken(run: string): boolean {
  if (run.length < 24 || isMadeOfWords(run)) return false;
  return new Set(run).size >= 8 && entropyPerCharacter(run) >= 2.8;
}
