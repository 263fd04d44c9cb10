/** Finds the known word that was probably meant. Pure. */

/** Returns the word of `known` with the smallest edit distance to `word`, however large; undefined when `known` is empty. Ignores case,
 * `-` and `_`. The first of equally near words wins. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const wanted = plain(word);
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of known) {
    const distance = editDistance(wanted, plain(name));
    if (best === undefined || distance < best.distance) best = { name, distance };
  }
  return best?.name;
}

/** Returns the nearest word, but undefined when nothing is close enough to be a typing error: a third of the letters, at least 2. */
export function likely(word: string, known: readonly string[]): string | undefined {
  const name = nearest(word, known);
  if (name === undefined) return undefined;
  return editDistance(plain(word), plain(name)) <= Math.max(2, Math.floor(name.length / 3)) ? name : undefined;
}

function plain(word: string): string {
  return word.slice(0, 60).toLowerCase().replaceAll(/[-_]/gu, '');
}

/** Counts insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next[j] = Math.min(
        (next[j - 1] ?? 0) + 1,
        (row[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
        swapped ? (before[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
