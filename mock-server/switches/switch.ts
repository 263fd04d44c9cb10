/** Defines switches of the mock: what they do, the source, and how certain that is. */

/** How certain a behavior is: read literally, inferred, general knowledge, or the mock's own choice. */
export type Confidence = 'verified' | 'inferred' | 'unverified' | 'own';

interface About {
  /** What it changes, as a sentence. */
  readonly what: string;
  /** Source of the default. */
  readonly source: string;
  readonly confidence: Confidence;
}

/** A switch; `standard` is its default. */
export type Switch =
  | (About & { readonly kind: 'flag'; readonly standard: boolean })
  | (About & { readonly kind: 'amount'; readonly standard: number })
  | (About & { readonly kind: 'text'; readonly standard: string })
  | (About & {
      readonly kind: 'choice';
      readonly standard: string | number;
      readonly of: readonly (string | number)[];
    });

/** Defines a switch that is on or off. */
export const flag = (standard: boolean, about: About) => ({ kind: 'flag' as const, standard, ...about });
/** Defines a switch with a whole number from 0. */
export const amount = (standard: number, about: About) => ({ kind: 'amount' as const, standard, ...about });
/** Defines a switch with a text of at most 80 characters. */
export const text = (standard: string, about: About) => ({ kind: 'text' as const, standard, ...about });
/** Defines a switch with one of a few values; the first is the default. */
export const choice = <const T extends string | number>(of: readonly [T, ...T[]], about: About) => ({
  kind: 'choice' as const,
  standard: of[0],
  of,
  ...about,
});
