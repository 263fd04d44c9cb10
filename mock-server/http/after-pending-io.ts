/** The turns of the event loop: what lies in the sockets is read in one, and the next begins when all of it was. */

let next: Promise<void> | undefined;

/**
 * Resolves when everything that had arrived by now was read, for all who asked meanwhile at once. Answers that wait for it leave together, which
 * wakes their readers once, and no request that was there already is taken for one that came after the answer.
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
