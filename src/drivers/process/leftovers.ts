/** What must not outlive the harness, however it ends: process groups and temporary folders. */

const leftovers = new Set<() => void>();

/** Runs `clear` when the harness exits, unless the returned function is called before. `clear` must be synchronous. */
export function clearAtExit(clear: () => void): () => void {
  if (leftovers.size === 0) process.on('exit', clearAll);
  leftovers.add(clear);
  return () => {
    leftovers.delete(clear);
    if (leftovers.size === 0) process.off('exit', clearAll);
  };
}

function clearAll(): void {
  for (const clear of leftovers) {
    try {
      clear();
    } catch {
      // The next one must still be cleared; there is no one left to report to.
    }
  }
}
