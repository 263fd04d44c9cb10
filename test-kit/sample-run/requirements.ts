/** The requirements of the made-up report: one of each verdict. */
import type { ReportRequirement } from '../../src/grade/report.ts';

const SOURCE = 'Salesforce AppExchange partner requirement, PKCE and refresh token rotation';

export const SAMPLE_REQUIREMENTS: readonly ReportRequirement[] = [
  {
    id: 'SF-PKCE-ENABLED', title: 'PKCE is enabled', source: SOURCE, due: '2026-05-11', verdict: 'review', checks: ['SET-01'],
    rule: 'PKCE is enabled in the app’s OAuth settings, public or confidential, and not disabled again.',
    note: 'No metadata was given. Name the app’s metadata in app.metadata, or run check-settings on it.',
  },
  {
    id: 'SF-PKCE-VERIFIER', title: 'The verifier is strong', source: SOURCE, due: '2026-05-11', verdict: 'pass', checks: ['PKCE-05'],
    rule: 'code_verifier is a high-entropy random string of 43–128 characters.',
  },
  {
    id: 'SF-PKCE-AUTHORIZE', title: 'The authorization request carries challenge and method', source: SOURCE, due: '2026-05-11',
    verdict: 'fail', checks: ['PKCE-01', 'PKCE-02'],
    rule: 'The authorization request carries code_challenge and code_challenge_method=S256.',
  },
  {
    id: 'SF-PUBLIC-NO-SECRET', title: 'A public client sends no secret', source: SOURCE, due: '2026-05-11', verdict: 'inconclusive',
    checks: ['CA-01', 'CA-10'], rule: 'A public client’s token exchange does not include the client_secret parameter.',
  },
  {
    id: 'SF-CONFIDENTIAL-BOTH', title: 'A confidential client sends both', source: SOURCE, due: '2026-05-11', verdict: 'skip',
    checks: ['CA-04'], rule: 'A confidential client’s token exchange includes code_verifier and client_secret.',
  },
  {
    id: 'SF-RTR-CAPTURE', title: 'The new refresh token is captured', source: SOURCE, due: '2026-05-11', verdict: 'pass',
    checks: ['RTR-03'], rule: 'The new refresh token of each refresh is captured and used from then on.',
  },
  {
    id: 'SF-RTR-STORE', title: 'The new refresh token is stored securely', source: SOURCE, due: '2026-05-11', verdict: 'warn',
    checks: ['HYG-04'], rule: 'The new refresh token is stored securely.',
  },
  {
    id: 'SF-RTR-RACES', title: 'Parallel refreshes are handled', source: SOURCE, due: '2026-05-11', verdict: 'fail',
    checks: ['RACE-01', 'RACE-03'], rule: 'Parallel refreshes are handled.',
  },
  {
    id: 'SF-INCIDENT-REPORTING', title: 'Suspicious activity is reported', source: SOURCE, due: '2026-05-11', verdict: 'attested',
    checks: [], rule: 'Suspicious activity is reported to Salesforce security at once.',
    attestation: { by: 'J. Rivera, CISO', at: '2026-10-02', proof: 'Incident runbook 14, section 3', until: '2027-10-02' },
  },
];
