/** Creates errors of wrong usage: exit 2, with a suggestion. */
import { HarnessError } from '../errors.ts';
import { likely } from '../config/nearest.ts';

/** Creates the error of a wrong command line. @example throw usage('--workers must be a whole number from 1 to 64, not "many".') */
export function usage(message: string, hint = 'See: sf-conformance help'): HarnessError {
  return new HarnessError('usage', message, hint);
}

/** Words that a person reads through. */
const MOST_KNOWN = 40;

/** Describes an unknown word: `There is no <what> "<word>".`, the nearest known one, and all of them, or where they are listed. */
export function unknownWord(what: string, word: string, known: readonly string[]): HarnessError {
  const near = likely(word, known);
  return usage(
    `There is no ${what} "${word.slice(0, 60)}".${near === undefined ? '' : ` Did you mean "${near}"?`}`,
    known.length > MOST_KNOWN ? 'All of them: sf-conformance list' : `Known: ${known.join(', ')}.`,
  );
}
