/** The result of parsing a text. `line` and `column` count from 1. The problem never quotes the text, which may hold a secret. */
export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: string; readonly line?: number; readonly column?: number };
