/** The suites of docs/contract.md, in its order. */
export const SUITE_NAMES = [
  'pkce',
  'client-auth',
  'authorization-request',
  'code-handling',
  'rtr',
  'races',
  'error-handling',
  'resilience',
  'token-hygiene',
  'session',
  'soak',
  'settings',
] as const;
