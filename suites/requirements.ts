/** The partner rule, sentence by sentence, in our own words, and what answers each (contract, section 6). */

/** Who can answer a requirement: checks of the client, the app's settings, or people. */
export type AnsweredBy = 'checks' | 'settings' | 'people';

export interface Requirement {
  readonly id: string;
  readonly title: string;
  readonly rule: string;
  readonly source: string;
  /** Last day to comply, ISO 8601. */
  readonly due: string;
  readonly answeredBy: AnsweredBy;
  /** Ids of the checks whose worst verdict is the requirement's. Settings checks name their requirements themselves. */
  readonly checks: readonly string[];
  /** What no check can show, and who can. */
  readonly note?: string;
}

const PAGE = 'Salesforce, "Secure Your Connected Apps and External Client Apps"';
const DUE = '2026-05-11';
const PKCE = `${PAGE}, Proof Key for Code Exchange`;
const RTR = `${PAGE}, Refresh Token Rotation`;

export const requirements: readonly Requirement[] = [
  {
    id: 'SF-PKCE-ENABLED',
    title: 'PKCE is enabled in the app',
    rule: "PKCE is enabled in the app's OAuth settings, for public and confidential clients alike, and is not disabled again.",
    source: PKCE,
    due: DUE,
    answeredBy: 'settings',
    checks: [],
    note: 'Only the settings of the app show this: name its metadata in `app.metadata`, or have a person confirm it.',
  },
  {
    id: 'SF-PKCE-VERIFIER',
    title: 'The code verifier is strong',
    rule: 'The code_verifier is a high-entropy random text of 43 to 128 characters.',
    source: `${PKCE}, client changes`,
    due: DUE,
    answeredBy: 'checks',
    checks: ['PKCE-05', 'PKCE-06', 'PKCE-09', 'PKCE-10', 'PKCE-11'],
  },
  {
    id: 'SF-PKCE-CHALLENGE',
    title: 'The code challenge is the S256 of the verifier',
    rule: 'The code_challenge is the SHA-256 of the verifier, encoded as base64url.',
    source: `${PKCE}, client changes`,
    due: DUE,
    answeredBy: 'checks',
    checks: ['PKCE-03', 'PKCE-07'],
  },
  {
    id: 'SF-PKCE-AUTHORIZE',
    title: 'The authorization request carries the challenge',
    rule: 'The authorization request carries code_challenge and code_challenge_method=S256.',
    source: `${PKCE}, client changes`,
    due: DUE,
    answeredBy: 'checks',
    checks: ['PKCE-01', 'PKCE-02', 'AZ-01'],
  },
  {
    id: 'SF-PKCE-TOKEN',
    title: 'The token request carries the verifier',
    rule: 'The token request carries the original code_verifier, not its hash.',
    source: `${PKCE}, client changes`,
    due: DUE,
    answeredBy: 'checks',
    checks: ['PKCE-04', 'PKCE-07', 'PKCE-08', 'PKCE-14'],
  },
  {
    id: 'SF-PUBLIC-NO-SECRET',
    title: 'A public client sends no secret',
    rule: "A public client's token exchange does not include the client_secret parameter; the code_verifier alone identifies it.",
    source: PKCE,
    due: DUE,
    answeredBy: 'checks',
    checks: ['CA-01', 'CA-02', 'CA-03', 'CA-10'],
  },
  {
    id: 'SF-CONFIDENTIAL-BOTH',
    title: 'A confidential client sends verifier and secret',
    rule: "A confidential client's token exchange includes both the code_verifier and the client_secret.",
    source: PKCE,
    due: DUE,
    answeredBy: 'checks',
    checks: ['CA-04', 'CA-05'],
  },
  {
    id: 'SF-RTR-ENABLED',
    title: 'Refresh token rotation is enabled in the app',
    rule: "Refresh token rotation is enabled in the app's OAuth settings and is not disabled again.",
    source: RTR,
    due: DUE,
    answeredBy: 'settings',
    checks: [],
    note: 'Only the settings of the app show this: name its metadata in `app.metadata`, or have a person confirm it.',
  },
  {
    id: 'SF-RTR-CAPTURE',
    title: 'The new refresh token is captured',
    rule: 'The new refresh token of each refresh is captured and is the one used from then on.',
    source: `${RTR}, client changes`,
    due: DUE,
    answeredBy: 'checks',
    checks: ['RTR-01', 'RTR-02', 'RTR-03', 'RTR-07'],
  },
  {
    id: 'SF-RTR-STORE',
    title: 'The new refresh token is stored securely',
    rule: 'The new refresh token is stored, and stored securely.',
    source: `${RTR}, client changes`,
    due: DUE,
    answeredBy: 'checks',
    checks: ['RTR-04', 'RTR-05', 'HYG-04', 'HYG-05'],
    note: 'Whether the place where the client keeps its tokens is secure cannot be seen from outside: it is for a person to attest.',
  },
  {
    id: 'SF-RTR-REJECTED',
    title: 'A rejected refresh token is handled',
    rule: 'A rejected refresh token is detected and handled robustly, since it may mean that the token was compromised.',
    source: `${RTR}, client changes`,
    due: DUE,
    answeredBy: 'checks',
    checks: ['ERR-01', 'ERR-02', 'ERR-03', 'ERR-04', 'SES-04'],
  },
  {
    id: 'SF-RTR-RACES',
    title: 'Parallel refreshes are handled',
    rule: 'A client that may refresh in parallel handles the race in which several requests use the same refresh token.',
    source: `${RTR}, client changes`,
    due: DUE,
    answeredBy: 'checks',
    checks: [
      'RACE-01',
      'RACE-02',
      'RACE-03',
      'RACE-05',
      'RACE-06',
      'RACE-08',
      'RACE-12',
      'RACE-13',
      'RACE-14',
      'RES-03',
    ],
  },
  {
    id: 'SF-ECA-FOR-NEW',
    title: 'New apps are External Client Apps',
    rule: "Since Spring '26 new apps are External Client Apps; Connected Apps can no longer be created.",
    source: PAGE,
    due: DUE,
    answeredBy: 'settings',
    checks: [],
    note: 'Only the settings of the app show this: name its metadata in `app.metadata`, or have a person confirm it.',
  },
  {
    id: 'SF-INCIDENT-REPORTING',
    title: 'Incidents are reported to Salesforce',
    rule: 'Suspicious activity and security incidents are reported to the Salesforce security team at once.',
    source: `${PAGE}, Report Suspicious Activity`,
    due: DUE,
    answeredBy: 'people',
    checks: [],
    note: 'No test can show this: name who is responsible, and where that is written down, under `attestations`.',
  },
];
