/** Delays answers until all input that has arrived is read. One iteration of the event loop reads all sockets. */

let next: Promise<void> | undefined;

/** Resolves when everything that has arrived by now was read, for all callers of one iteration together. So answers leave together, and a
 * request that had arrived already is never recorded as one that came after the answer. */
export function afterPendingIo(): Promise<void> {
  next ??= new Promise((resolve) => {
    setImmediate(() => {
      next = undefined;
      resolve();
    });
  });
  return next;
}
