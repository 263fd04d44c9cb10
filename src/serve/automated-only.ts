/** Scenarios that a person cannot carry out and that are therefore not offered; their checks stay inconclusive in a live session. */
export const AUTOMATED_ONLY: ReadonlySet<string> = new Set([
  // A callback goes from the person's browser directly to the client: it cannot be changed, repeated or withheld.
  'callbacks',
  'parallel-logins',
  // It needs every order of commits and answers, each several times.
  'commit-order',
  // It needs hundreds of operations.
  'soak',
]);
