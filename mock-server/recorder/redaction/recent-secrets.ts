/** The raw values that are looked for inside texts: of each kind the newest, in all their writings. */
import type { SecretKind } from '../../../src/history/label.ts';
import { createBoundedMap, type BoundedMap } from '../../bounded-map.ts';
import { writings } from './encodings.ts';
import { createDisguisedSecrets, type DisguisedSecrets } from './disguised.ts';
import { createSecretIndex, type SecretIndex } from './secret-index.ts';

export interface RecentSecrets {
  /** @param name its label */
  keep(kind: SecretKind, raw: string, name: string): void;
  /** From now on it is not looked for as one of this kind. */
  drop(kind: SecretKind, raw: string): void;
  /** The longest writing of a kept value that begins at `at`, or undefined. */
  readonly at: SecretIndex['at'];
  /** Parts of a text in which a kept value is in another form: escaped, in pieces, in other case, as numbers. */
  readonly disguised: DisguisedSecrets['find'];
}

/** So many raw values of each kind are kept; older ones are known by their hash alone. */
const WINDOW = 1_000;
/** The longest value that is looked for inside texts, in characters. */
export const LONGEST_RAW = 8_192;

/** Whether finding this value in a text would mean anything. `undefined` and other words are in every log. */
function worthFinding(kind: SecretKind, raw: string): boolean {
  if (raw.length > LONGEST_RAW || /^\[object \w+\]$/.test(raw)) return false;
  switch (kind) {
    case 'SECRET':
      return true;
    case 'VALUE':
      return raw.length >= 12 && /[A-Za-z]/.test(raw) && /\d/.test(raw) && !/\s|:\/\//.test(raw);
    case 'STATE':
    case 'NONCE':
    case 'CHALLENGE':
      return raw.length >= 8 && !/^[A-Za-z]{1,23}$/.test(raw);
    default:
      return !/^[A-Za-z]{1,12}$/.test(raw);
  }
}

/**
 * Values are put into all their writings only when a text is looked into: while tokens rotate and every text is known to be clean, most of them
 * are forgotten before that.
 */
export function createRecentSecrets(): RecentSecrets {
  const kept = new Map<SecretKind, BoundedMap<string, true>>();
  const index = createSecretIndex();
  const disguised = createDisguisedSecrets();
  /** Those that the index does not know yet, with their labels. */
  const waiting = new Map<string, string>();

  function forget(raw: string): void {
    if (waiting.delete(raw)) return;
    for (const writing of writings(raw)) index.remove(writing);
    disguised.remove(raw);
  }

  function learn(): void {
    for (const [raw, name] of waiting) {
      for (const writing of writings(raw)) index.add(writing, name);
      disguised.add(raw, name);
    }
    waiting.clear();
  }

  return {
    keep(kind, raw, name) {
      if (!worthFinding(kind, raw)) return;
      const known = kept.get(kind) ?? createBoundedMap<string, true>(WINDOW, forget);
      kept.set(kind, known);
      known.set(raw, true);
      waiting.set(raw, name);
    },
    drop(kind, raw) {
      if (kept.get(kind)?.delete(raw) === true) forget(raw);
    },
    at(text, at) {
      if (waiting.size > 0) learn();
      return index.at(text, at);
    },
    disguised(text) {
      if (waiting.size > 0) learn();
      return disguised.find(text);
    },
  };
}
