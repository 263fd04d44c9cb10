/** Keeps the raw values that are searched for inside texts: the newest of each kind, in all their encodings. */
import type { SecretKind } from '../../../src/history/label.ts';
import { createBoundedMap, type BoundedMap } from '../../bounded-map.ts';
import { writings } from './encodings.ts';
import { createDisguisedSecrets, type DisguisedSecrets } from './disguised.ts';
import { createSecretIndex, type SecretIndex } from './secret-index.ts';

/** The newest secrets of each kind; made by `createRecentSecrets`. */
export interface RecentSecrets {
  /** Adds a secret.
   * @param name its label */
  keep(kind: SecretKind, raw: string, name: string): void;
  /** Stops searching for it as one of this kind. */
  drop(kind: SecretKind, raw: string): void;
  /** Returns the longest encoding of a kept value that begins at `at`; undefined when there is none. */
  readonly at: SecretIndex['at'];
  /** Returns the parts of a text that contain a kept value in another form: escaped, split, in another case, as numbers. */
  readonly disguised: DisguisedSecrets['find'];
}

/** Most raw values of each kind; older ones are known by their hash only. */
const WINDOW = 1_000;
/** Most characters of a value that is searched for inside texts. */
export const LONGEST_RAW = 8_192;

/** Returns whether a match of this value would mean anything. `undefined` and other words are in every log. */
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

/** Creates an empty collection. Encodings of values are computed only when a text is searched: while tokens rotate and texts are known to
 * be clean, most values are dropped before that. */
export function createRecentSecrets(): RecentSecrets {
  const kept = new Map<SecretKind, BoundedMap<string, true>>();
  const index = createSecretIndex();
  const disguised = createDisguisedSecrets();
  /** Values that are not in the index yet, with their labels. */
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
