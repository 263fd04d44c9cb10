/** What the strict mock refuses, by the name of its rule (mock-server/policy), and the check that judges the same. */

/** Rules that refuse because of a client secret. */
export const SECRET_RULES: readonly string[] = ['secret-from-public'];

const CHECKS: Readonly<Record<string, string>> = {
  'missing-challenge': 'PKCE-01',
  'challenge-method': 'PKCE-02',
  'malformed-challenge': 'PKCE-03',
  'missing-verifier': 'PKCE-04',
  'malformed-verifier': 'PKCE-05',
  'wrong-verifier': 'PKCE-07',
  'response-type': 'AZ-01',
  'redirect-mismatch': 'AZ-02',
  'redirect-missing': 'AZ-02',
  'scope-on-refresh': 'RTR-15',
};

/** The check whose failure is the root of a refusal. */
export const checkOfRule = (rule: string): string | undefined => CHECKS[rule];
