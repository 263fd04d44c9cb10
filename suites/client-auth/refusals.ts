/** What the strict mock refuses, by the name of its rule (mock-server/policy), and the check that judges the same. */

import type { RequestFacts } from '../../src/history/facts.ts';

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

/** The same rules where a token request broke them. */
const AT_TOKEN: Readonly<Record<string, string>> = { 'redirect-mismatch': 'CODE-02', 'redirect-missing': 'CODE-02' };

/** Returns the check that judges what a rule refused, by the kind of request that was refused. */
export const checkOfRule = (rule: string, kind: RequestFacts['kind']): string | undefined =>
  (kind === 'token' ? AT_TOKEN[rule] : undefined) ?? CHECKS[rule];
