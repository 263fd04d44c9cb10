/** Knows the raw secrets of one run, in memory only, and the label of each. */
import type { Secret, SecretKind } from '../../../src/history/label.ts';

export interface SecretRedactor {
  /** The label of a raw value; the same value keeps the label (and kind) it got first. Only a `VALUE`, which is a guess, gives way to what the
   * value turns out to be: a client that prints its authorization URL shows its state before the mock knows it. */
  label(kind: SecretKind, raw: string): Secret;
  /** Replaces every known secret in a text (as it is, percent-encoded, form-encoded, JSON-escaped, inside Basic) and every other
   * run of 24 or more token characters, and says which labels it held. */
  redact(raw: string): { readonly text: string; readonly leaked: readonly string[] };
}
