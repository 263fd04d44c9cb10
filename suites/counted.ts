/** Joins numbers with their nouns, so that messages have the right singular and plural. */

/** Returns a number with its noun: `1 call`, `2 calls`. */
export const howMany = (count: number, one: string, many = `${one}s`): string =>
  `${String(count)} ${count === 1 ? one : many}`;

/** Returns the subject of a sentence about every one of `count` things: `The refresh`, `Each of 2 refreshes`. */
export const eachOf = (count: number, one: string, many = `${one}s`): string =>
  count === 1 ? `The ${one}` : `Each of ${howMany(count, one, many)}`;
