/** The checks of the made-up report: every verdict, a diagnosis, a baseline entry, a blocked check, several scenarios. */
import type { ReportCheck } from '../../src/grade/report.ts';

/** `seq` gives the number of a named event of the made-up history. */
export function sampleChecks(seq: (key: string) => number): readonly ReportCheck[] {
  return [
    {
      id: 'PKCE-01', suite: 'pkce', level: 'MUST', title: 'The authorization request carries a code_challenge, once',
      references: ['RFC 7636 §4.3'], requirements: ['SF-PKCE-AUTHORIZE'], verdict: 'pass',
      message: 'Each of 5 authorization requests carried a code_challenge.',
      why: 'Without a challenge a stolen code can be redeemed by anyone.',
      scenarios: [{ id: 'login', verdict: 'pass', evidence: [seq('login-authorize')] }],
    },
    {
      id: 'PKCE-02', suite: 'pkce', level: 'MUST', title: 'The authorization request carries code_challenge_method=S256',
      references: ['RFC 7636 §4.3'], requirements: ['SF-PKCE-AUTHORIZE'], verdict: 'fail',
      message: 'The authorization request carried no code_challenge_method; exactly S256 was expected.',
      diagnosis: 'The challenge is the S256 of the verifier, so only the parameter is missing. A server then assumes "plain" (RFC 7636 §4.3).',
      remedy: 'Add code_challenge_method=S256 to the authorization URL:\n\nparams["code_challenge_method"] = "S256"',
      why: 'Without the method the server treats the challenge as the verifier itself, and PKCE protects nothing.',
      scenarios: [
        { id: 'strict', verdict: 'fail', evidence: [seq('strict-authorize'), seq('strict-authorize!')] },
        { id: 'login', verdict: 'fail', evidence: [seq('login-authorize')] },
      ],
    },
    {
      id: 'PKCE-05', suite: 'pkce', level: 'MUST', title: 'The code_verifier has 43 to 128 characters', references: ['RFC 7636 §4.1'],
      requirements: ['SF-PKCE-VERIFIER'], verdict: 'pass', message: 'Every verifier had 64 characters.',
      scenarios: [{ id: 'login', verdict: 'pass', evidence: [seq('login-redeem')] }],
    },
    {
      id: 'PKCE-12', suite: 'pkce', level: 'INFO', title: 'The verifier has no tilde', references: ['RFC 7636 §4.1'], requirements: [],
      verdict: 'info', message: 'No verifier of this run contained "~".', scenarios: [{ id: 'login', verdict: 'info', evidence: [seq('login-redeem')] }],
    },
    {
      id: 'CA-01', suite: 'client-auth', level: 'MUST', title: 'A public client’s code exchange has no client_secret',
      references: ['RFC 6749 §2.3.1'], requirements: ['SF-PUBLIC-NO-SECRET'], verdict: 'pass',
      message: 'No code exchange carried a client_secret, not even an empty one.',
      scenarios: [{ id: 'login', verdict: 'pass', evidence: [seq('login-redeem')] }],
    },
    {
      id: 'CA-04', suite: 'client-auth', level: 'MUST', title: 'A confidential client’s code exchange carries its secret', references: [],
      requirements: ['SF-CONFIDENTIAL-BOTH'], verdict: 'skip', message: 'The app is public; only confidential clients have a secret.', scenarios: [],
    },
    {
      id: 'CA-10', suite: 'client-auth', level: 'MUST', title: 'The login works where any secret is refused', references: ['RFC 6749 §2.3'],
      requirements: ['SF-PUBLIC-NO-SECRET'], verdict: 'inconclusive', blockedBy: 'PKCE-02',
      message: 'The strict login was refused for another rule before a secret could matter.',
      remedy: 'Fix PKCE-02 first, then run again.', scenarios: [],
    },
    {
      id: 'AZ-08', suite: 'authorization-request', level: 'INFO', title: 'An error description with markup is not rendered as markup',
      references: ['RFC 6749 §4.1.2.1'], requirements: [], verdict: 'review',
      message: 'The client showed: "<img src=x onerror=alert(1)>". Look at the page that it made of it.',
      remedy: 'Open the error page of the client and see whether the text is shown as text.',
      scenarios: [{ id: 'login', verdict: 'review', evidence: [] }],
    },
    {
      id: 'RTR-03', suite: 'rtr', level: 'MUST', title: 'Each refresh sends the newest refresh token', references: ['RFC 9700 §4.14.2'],
      requirements: ['SF-RTR-CAPTURE'], verdict: 'pass', message: 'Each of 3 refreshes in a row sent the newest token.',
      scenarios: [{ id: 'chain', verdict: 'pass', evidence: [0, 1, 2].map((n) => seq(`chain-refresh-${String(n)}`)) }],
    },
    {
      id: 'RACE-01', suite: 'races', level: 'MUST', title: 'Calls that fail together refresh once', references: ['RFC 9700 §4.14.2'],
      requirements: ['SF-RTR-RACES'], verdict: 'fail',
      message: 'RT#20 was sent twice, 108 ms overlapping; exactly one request was expected.',
      diagnosis: 'Each failed call refreshes on its own. The second request began 12 ms after the first and before it was answered.',
      remedy: 'Share one refresh among all callers: keep the promise of the running refresh and let every other caller await it.\n\nrefreshing ??= doRefresh().finally(() => { refreshing = undefined; });\nawait refreshing;',
      why: 'Salesforce revokes the whole family when a rotated token is sent again: every user of that connection is logged out.',
      scenarios: [
        {
          id: 'herd', verdict: 'fail', evidence: [seq('herd-second'), seq('herd-first'), seq('herd-second!')],
          message: 'Two of five callers refreshed with RT#20 at the same time.',
        },
      ],
    },
    {
      id: 'RACE-03', suite: 'races', level: 'MUST', title: 'After the storm a later refresh works', references: [],
      requirements: ['SF-RTR-RACES'], verdict: 'fail', message: 'The later refresh was answered invalid_grant: the family was revoked.',
      baseline: { reason: 'Known, SYNC-1412; follows from RACE-01', until: '2027-01-31' },
      scenarios: [{ id: 'herd', verdict: 'fail', evidence: [seq('herd-third'), seq('herd-third!')] }],
    },
    {
      id: 'RES-05', suite: 'resilience', level: 'SHOULD', title: 'A lost answer is not asked for again and again', references: [],
      requirements: [], verdict: 'inconclusive', message: 'The client crashed before it could try again.',
      remedy: 'See the standard error of the client in the evidence.',
      scenarios: [{ id: 'lost-answer', verdict: 'inconclusive', evidence: [seq('lost-crash'), seq('lost-refresh')] }],
    },
    {
      id: 'HYG-04', suite: 'token-hygiene', level: 'SHOULD', title: 'No token is printed', references: ['RFC 9700 §4.10'],
      requirements: ['SF-RTR-STORE'], verdict: 'warn', message: 'AT#30 appeared in the standard error output of the client; no token was expected there.',
      remedy: 'Remove tokens from error texts before they are logged.',
      scenarios: [{ id: 'lost-answer', verdict: 'warn', evidence: [seq('lost-output')] }],
    },
    {
      id: 'SET-01', suite: 'settings', level: 'MUST', title: 'PKCE is enabled in the settings', references: [],
      requirements: ['SF-PKCE-ENABLED'], verdict: 'skip', reason: 'not-selected', message: 'not selected', scenarios: [],
    },
    {
      id: 'SOAK-01', suite: 'soak', level: 'SHOULD', title: 'A thousand refreshes leave nothing behind', references: [], requirements: [],
      verdict: 'error', message: 'The check itself broke: RangeError: window is empty.', scenarios: [],
    },
  ];
}
