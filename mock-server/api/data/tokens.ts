/** The words and signs of a query, read one after the other. */

/** A quoted text (one without an end takes all that follows), a moment, a date literal with its number, a word or number, or a sign.
 * Nothing is read twice. */
const TOKEN =
  /'(?:[^'\\]|\\[^])*(?:'|\\?$)|\d{4}-\d\d-\d\d(?:T[\d:.]{1,20}(?:Z|[+-]\d\d:?\d\d)?)?|[A-Za-z_]+:\d{1,9}|-?[\w.]+|[!<>]=|<>|\S/g;

interface Token {
  readonly text: string;
  /** Where it begins. */
  readonly at: number;
}

export interface Tokens {
  readonly done: boolean;
  /** The next one, which stays; the empty text at the end. */
  peek(): string;
  /** The next one, if it has that shape. */
  word(shape: RegExp): string | undefined;
  /** Goes on behind these words, if they are next, whatever their capitals. */
  take(...words: readonly string[]): boolean;
  /** Goes on to the first token outside of brackets for which `stop` holds; what was written till there. Undefined when a bracket closes that
   * was not opened. */
  until(stop: (token: string) => boolean): string | undefined;
}

export function tokensOf(text: string): Tokens {
  const tokens: readonly Token[] = Array.from(text.matchAll(TOKEN), ({ 0: token, index }) => ({
    text: token,
    at: index,
  }));
  let next = 0;
  const peek = () => tokens[next]?.text ?? '';
  return {
    get done() {
      return next >= tokens.length;
    },
    peek,
    word: (shape) => (shape.test(peek()) ? tokens[next++]?.text : undefined),
    take(...words) {
      const there = words.every((word, ahead) => tokens[next + ahead]?.text.toUpperCase() === word);
      if (there) next += words.length;
      return there;
    },
    until(stop) {
      const from = tokens[next]?.at ?? text.length;
      for (let depth = 0; next < tokens.length; next += 1) {
        const sign = peek();
        if (depth === 0 && stop(sign)) break;
        depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
        if (depth < 0) return undefined;
      }
      return text.slice(from, tokens[next]?.at).trim();
    },
  };
}
