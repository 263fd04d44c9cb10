/** Building blocks of the schemas of history, report and facts, and the types inferred from them. */
import { z } from 'zod';

/** A text of any length. */
export const text = z.string();
/** A list of texts. */
export const texts = z.array(text).readonly();
/** A whole number from 0. */
export const count = z.int().nonnegative();
/** The number of an event, from 1. */
export const seq = z.int().positive();

/** Returns a schema that accepts any text and has the type of the values that this version writes. For fields that version 1 published as
 * plain text: later minor versions may write other values. */
export function openEnum<const T extends readonly string[]>(_values: T): z.ZodType<T[number], T[number]> {
  return text;
}

/** The same type with every property and list read-only at any depth. */
export type Immutable<T> = T extends string | number | boolean | null | undefined
  ? T
  : { readonly [K in keyof T]: Immutable<T[K]> };

/** The read-only type that a schema describes. */
export type Infer<S extends z.ZodType> = Immutable<z.output<S>>;
