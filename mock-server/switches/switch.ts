/** What a switch of the mock is: what it does, where that is known from, and how sure it is. */

/** How sure something is: read word for word, inferred, general knowledge, or the mock's own choice. */
export type Confidence = 'verified' | 'inferred' | 'unverified' | 'own';

interface About {
  /** What it changes, as a sentence. */
  readonly what: string;
  /** Where the default is known from. */
  readonly source: string;
  readonly confidence: Confidence;
}

/** One switch. `standard` is its default. */
export type Switch =
  | (About & { readonly kind: 'flag'; readonly standard: boolean })
  | (About & { readonly kind: 'amount'; readonly standard: number })
  | (About & { readonly kind: 'text'; readonly standard: string })
  | (About & {
      readonly kind: 'choice';
      readonly standard: string | number;
      readonly of: readonly (string | number)[];
    });

/** Describes a switch that is on or off. */
export const flag = (standard: boolean, about: About) => ({ kind: 'flag' as const, standard, ...about });
/** Describes a switch with a whole number from 0 upwards. */
export const amount = (standard: number, about: About) => ({ kind: 'amount' as const, standard, ...about });
/** Describes a switch with a text of at most 80 characters. */
export const text = (standard: string, about: About) => ({ kind: 'text' as const, standard, ...about });
/** Describes a switch with one of a few values; the first is the default. */
export const choice = <const T extends string | number>(of: readonly [T, ...T[]], about: About) => ({
  kind: 'choice' as const,
  standard: of[0],
  of,
  ...about,
});
