/** Clears process groups and temporary folders when the harness exits, whatever the reason. */

const leftovers = new Set<() => void>();

/** Runs `clear` when the harness exits, unless the returned function is called first. `clear` must be synchronous. */
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
      // The others must still be cleared, and the error can no longer be reported.
    }
  }
}
