/** Maps each refusal of the strict mock, by the name of its rule (mock-server/policy), to the check that judges the same. */

import type { RequestFacts } from '../../src/history/facts.ts';

/** Names of the strict mock's rules that refuse a request because of its client secret. */
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

/** The same rules where a token request broke them, with the check that judges token requests. */
const AT_TOKEN: Readonly<Record<string, string>> = { 'redirect-mismatch': 'CODE-02', 'redirect-missing': 'CODE-02' };

/** Returns the check that judges what a rule refused, by the kind of request that was refused. */
export const checkOfRule = (rule: string, kind: RequestFacts['kind']): string | undefined =>
  (kind === 'token' ? AT_TOKEN[rule] : undefined) ?? CHECKS[rule];
