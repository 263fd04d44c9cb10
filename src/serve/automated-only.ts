/** Scenarios that cannot be played by hand and are therefore not offered; their checks stay inconclusive in a live session. */
export const AUTOMATED_ONLY: ReadonlySet<string> = new Set([
  // A callback goes from the person's browser straight to the client: it cannot be changed, repeated or withheld on its way.
  'callbacks',
  'parallel-logins',
  // Every order of commits and answers, each several times.
  'commit-order',
  // Hundreds of operations.
  'soak',
]);
