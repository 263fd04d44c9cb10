/** Replaces references of composite requests: `@{account.id}` is a field of an earlier answer (REST API guide, Composite). */

/** Bodies of earlier answers by their reference. */
export type Answers = ReadonlyMap<string, unknown>;

const REFERENCE = /@\{(\w{1,80})((?:\.\w{1,80}|\[\d{1,4}\]){1,10})\}/g;

/** Replaces the references in a text; a missing field is an empty text.
 * @param written formats a value for that place */
export const filled = (text: string, answers: Answers, written: (value: string) => string): string =>
  text.replace(REFERENCE, (_, reference: string, path: string) => {
    const value = fieldIn(answers.get(reference), path);
    return typeof value === 'string' || typeof value === 'number' ? written(String(value)) : '';
  });

/** Reads `.records[0].Id` of an answer. */
function fieldIn(body: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce<unknown>(
      (at, name) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, name)
          ? (at as Record<string, unknown>)[name]
          : undefined,
      body,
    );
}
