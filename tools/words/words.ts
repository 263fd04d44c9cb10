/** The words that the project does not use, and what it says instead. One word for one thing, and the one that the field has. */

/** A word that is not used. Patterns are written so that they do not match themselves. */
export interface Word {
  readonly pattern: RegExp;
  /** What to write instead. */
  readonly instead: string;
}

export const WORDS: readonly Word[] = [
  { pattern: /\bme[n]d(?:s|ed|ing)?\b/giu, instead: 'fix, fixed' },
  {
    pattern: /\b(?:who[e]ver|no[b]ody|some[b]ody)\b/giu,
    instead: 'the one who acts: the client, a user, another process',
  },
  { pattern: /\bput t[o] the test\b/giu, instead: 'exercised' },
  { pattern: /\bdrawn b[y] lot\b/giu, instead: 'random' },
  { pattern: /\bto an[d] fro\b/giu, instead: 'mixed' },
  { pattern: /\bwhat decide[d] it\b/giu, instead: 'why it failed, why it passed' },
  { pattern: /\bno wir[e] can show\b/giu, instead: 'cannot be seen in network traffic' },
  { pattern: /\bit is n[o] (?!longer\b)/giu, instead: 'is not a …, not valid …' },
  { pattern: /\bof one.s ow[n]\b/giu, instead: 'whose it is' },
  {
    pattern: /\bdea[d] (?:access |refresh )?(?:tokens?|sessions?)\b/giu,
    instead: 'expired session (401), invalid token',
  },
  { pattern: /\bsessions? (?:is|was|are|were) dea[d]\b/giu, instead: 'the session has expired (401)' },
  { pattern: /\blivin[g] (?:access |refresh )?tokens?\b/giu, instead: 'valid token' },
  { pattern: /\bsilence (?:is )?believe[d]\b/giu, instead: 'treated as idle' },
  { pattern: /\b(?:an?|the|this|each|of|largest) her[d]s?\b/giu, instead: 'concurrent calls' },
  {
    pattern: /\b(?:presentatio[n]s?|presentin[g]|present[s]|presente[d](?= [a-z]))\b/giu,
    instead: 'use, sending, sends, sent',
  },
  {
    pattern:
      /\bverb[s]\b|\b(?:an?|the|this|that|one|each|every|no|another|other|its|per|of|for) ver[b]\b(?!-)(?= [a-z]|[.,;:] )/giu,
    instead: 'action (the event kinds `verb-begin`, `verb-end` and their field `verb` are published and remain)',
  },
  {
    pattern: /\bstan[d](?:s?(?= (?!for\b|in for\b|out\b)[a-z])|s(?=[.,;:]))/giu,
    instead: 'is, is held (at a gate), appears; `for`, `in for` and `out` may follow',
  },
  { pattern: /\b(?:tol[d]|tell[s])\b/giu, instead: 'reported, returned, shown, sent' },
  { pattern: /\bmove[s]? (?:a|the) client\b/giu, instead: 'drive a client' },
];

/** A place where a word is used in another sense, or where a text is data. */
interface Exception {
  /** A path, or a folder that ends in `/`. */
  readonly path: string;
  readonly reason: string;
}

export const EXCEPTIONS: readonly Exception[] = [
  { path: 'reports/schema/published/', reason: 'published and frozen, byte for byte' },
  { path: 'reports/sample/', reason: 'made from recorded histories, which hold titles of their time' },
  { path: 'docs/licences.md', reason: 'texts of other projects' },
  { path: 'LICENSE', reason: 'the text of the licence' },
  { path: 'package-lock.json', reason: 'names of packages' },
];

export interface Finding {
  /** From 1. */
  readonly line: number;
  readonly word: string;
  readonly instead: string;
}

/** Returns the words of `text` that are not used in this project, in order of lines. */
export function findWords(text: string): readonly Finding[] {
  return WORDS.flatMap(({ pattern, instead }) =>
    [...text.matchAll(pattern)].map(({ 0: word, index }) => ({
      line: text.slice(0, index).split('\n').length,
      word: word.trim(),
      instead,
    })),
  ).sort((one, other) => one.line - other.line);
}

/** Returns whether a file may hold such words, because it is data or the text of others. */
export const isExcepted = (path: string): boolean =>
  EXCEPTIONS.some((one) => (one.path.endsWith('/') ? path.startsWith(one.path) : path === one.path));
