/** Defines the redactor, which knows the raw secrets of one run, in memory only, and the label of each. */
import type { Secret, SecretKind } from '../../../src/history/label.ts';

/** The redactor of one run; made by `createRedactor`. */
export interface SecretRedactor {
  /** Returns the label of a raw value; the same value keeps its first label and kind. Only a `VALUE`, which is a guess, is replaced when
   * the kind becomes known: a client that prints its authorization URL shows its state before the mock knows it. */
  label(kind: SecretKind, raw: string): Secret;
  /** Replaces every known secret in a text (unchanged, percent-encoded, form-encoded, JSON-escaped, inside Basic) and every other run of
   * 24 or more token characters, and returns the labels it contained. */
  redact(raw: string): { readonly text: string; readonly leaked: readonly string[] };
}
