/** What to do when a refresh token was used twice. Data: every report prints it in its own way. */

export interface IncidentStep {
  readonly title: string;
  readonly text: string;
}

export interface IncidentResponse {
  readonly title: string;
  readonly meaning: string;
  readonly steps: readonly IncidentStep[];
  /** Whom to tell. */
  readonly contact: string;
  readonly source: string;
}

export const incidentResponse: IncidentResponse = {
  title: 'When a refresh token is reused',
  meaning:
    'With rotation every refresh token works once. If one that was already used comes back, two parties hold it: the client by a mistake of its own, or a thief. Salesforce cannot tell which, and ends the current refresh token and its access tokens. The client sees invalid_grant.',
  steps: [
    {
      title: 'Stop',
      text: 'Do not send the rejected token again. Forget all tokens of that connection and ask the user to connect again.',
    },
    {
      title: 'Tell a mistake from an attack',
      text: 'Look in your own log for two refreshes with the same token: overlapping requests, a restart from an old copy, a retry after a lost answer. One of these explains it, or nothing does.',
    },
    {
      title: 'If nothing explains it, treat it as a theft',
      text: 'Keep the logs with times, addresses and org ids (never the tokens). Revoke the other tokens of the same store, and rotate the consumer secret if it lay beside them. Ask the customer to look at the login history of the connection.',
    },
    {
      title: 'Report it at once',
      text: 'Tell Salesforce security what was seen, since when, and which orgs are concerned. Tell the customers as your contracts and the law require.',
    },
    {
      title: 'Close the hole',
      text: 'Find how the token left its store, fix it, and run the suites races and token-hygiene again.',
    },
  ],
  contact: 'security@salesforce.com',
  source: 'Salesforce, "Secure Your Connected Apps and External Client Apps", Report Suspicious Activity',
};
