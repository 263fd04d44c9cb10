/** Delays answers until all input that has arrived was read. One turn of the event loop reads all sockets. */

let next: Promise<void> | undefined;

/**
 * Resolves when everything that has arrived by now was read, for all callers of one turn together. So answers leave together, which wakes their
 * readers once, and a request that was there already is never recorded as one that came after the answer.
 */
export function afterPendingIo(): Promise<void> {
  next ??= new Promise((resolve) => {
    setImmediate(() => {
      next = undefined;
      resolve();
    });
  });
  return next;
}
