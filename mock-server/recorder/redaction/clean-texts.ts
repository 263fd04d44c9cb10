/** Texts with nothing to hide: the same ones come with every request. */
import { createBoundedMap } from '../../bounded-map.ts';
import { bare, everyReading } from './disguised.ts';
import { writings } from './encodings.ts';
import { PLAIN } from './reading.ts';

/** The texts without secrets; created by `createCleanTexts`. */
export interface CleanTexts {
  /** Returns whether this text was clean, and has none of the secrets in it that were made up since. */
  has(text: string): boolean;
  add(text: string): void;
  /** A client has made up a secret, which may be in a text that was clean so far. */
  madeUp(raw: string): void;
}

/** So many texts are remembered, and how long one may be. */
const MOST = 1_000;
const LONGEST = 256;
/** So many secrets back a text is compared with; one that was not seen for longer counts as unknown. */
const NEWEST = 256;
const ASCII = /^[\x20-\x7e]*$/;

interface Clean {
  /** Everything that the text can be read as; worked out when it comes a second time. */
  readings?: string;
  /** How many secrets had been made up when it was clean. */
  madeUp: number;
}

/** Returns whether a reading may have the secret in it. Right when it says no. */
type MayHold = (clean: { readonly text: string; readonly readings: string }) => boolean;

/** Returns a collection without texts. */
export function createCleanTexts(): CleanTexts {
  const texts = createBoundedMap<string, Clean>(MOST);
  const newest: MayHold[] = [];
  let count = 0;

  function isStillClean(text: string, clean: Clean): boolean {
    const newer = count - clean.madeUp;
    // A text with escapes is read in more ways than one.
    if (newer > newest.length || !PLAIN.test(text)) return false;
    clean.readings ??= everyReading(text);
    const read = { text, readings: clean.readings };
    return !newest.slice(newest.length - newer).some((mayHold) => mayHold(read));
  }

  return {
    has(text) {
      const clean = texts.get(text);
      if (clean === undefined) return false;
      if (clean.madeUp < count) {
        if (!isStillClean(text, clean)) {
          texts.delete(text);
          return false;
        }
        clean.madeUp = count;
      }
      return true;
    },
    add(text) {
      if (text.length <= LONGEST) texts.set(text, { madeUp: count });
    },
    madeUp(raw) {
      count += 1;
      if (newest.push(mayHold(raw)) > NEWEST) newest.shift();
    },
  };
}

/** A secret in ASCII is in a text in one of its writings, or one of the text's readings has its letters and digits. */
function mayHold(raw: string): MayHold {
  const letters = bare(raw);
  const written = ASCII.test(raw) ? writings(raw) : undefined;
  return ({ text, readings }) =>
    written === undefined ||
    readings.includes(letters) ||
    written.some((writing) => text.includes(writing) || readings.includes(writing));
}
