/** What a published schema promised, and whether a later one keeps it: a version may be added to, never changed in place. */

type Node = Readonly<Record<string, unknown>>;

/**
 * Places where `after` breaks what `before` promised: a property that is gone, another type or value, one more that is required.
 * New properties that are not required, new members of a union and new words of descriptions break nothing.
 */
export function broken(before: unknown, after: unknown, path = '#'): readonly string[] {
  if (Array.isArray(before)) {
    if (!Array.isArray(after)) return [path];
    if (path.endsWith('/required')) {
      const same = JSON.stringify(before.toSorted()) === JSON.stringify(after.toSorted());
      return same ? [] : [path];
    }
    return before.flatMap((one, index) =>
      after.some((other) => broken(one, other, path).length === 0) ? [] : [`${path}/${String(index)}`],
    );
  }
  if (!isNode(before)) return before === after ? [] : [path];
  if (!isNode(after)) return [path];
  const gone = Object.keys(before).flatMap((key) => {
    if (key === 'description') return [];
    return key in after ? broken(before[key], after[key], `${path}/${key}`) : [`${path}/${key}`];
  });
  const stricter = ['required', 'pattern', 'const', 'enum', 'minimum', 'maximum', 'minLength', 'maxLength']
    .filter((key) => !path.endsWith('/properties') && key in after && !(key in before))
    .map((key) => `${path}/${key}`);
  return [...gone, ...stricter];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
