/** The incident response for reused refresh tokens, as data that each report format prints. */

/** One step of the incident response. */
export interface IncidentStep {
  readonly title: string;
  readonly text: string;
}

/** The guide to handling reuse of a refresh token, printed in reports. */
export interface IncidentResponse {
  readonly title: string;
  readonly meaning: string;
  readonly steps: readonly IncidentStep[];
  /** The person or team to inform. */
  readonly contact: string;
  readonly source: string;
}

/** The steps to take when a refresh token was used twice. */
export const incidentResponse: IncidentResponse = {
  title: 'When a refresh token is reused',
  meaning:
    'With rotation every refresh token works once. If a used one is sent again, either the client made a mistake or the token was stolen. Salesforce cannot distinguish the two, and revokes the current refresh token and its access tokens. The client receives invalid_grant.',
  steps: [
    {
      title: 'Stop',
      text: 'Do not send the rejected token again. Delete all tokens of that connection and ask the user to connect again.',
    },
    {
      title: 'Distinguish a mistake from an attack',
      text: 'Search your logs for two refreshes with the same token: overlapping requests, a restart from an old copy, a retry after a lost response.',
    },
    {
      title: 'If your logs do not explain it, treat it as theft',
      text: 'Keep the logs with times, addresses and org ids (never the tokens). Revoke the other tokens of the same store, and rotate the consumer secret if it was stored with them. Ask the customer to check the login history of the connection.',
    },
    {
      title: 'Report it at once',
      text: 'Report to Salesforce security what was seen, since when, and which orgs are affected. Inform the customers as your contracts and the law require.',
    },
    {
      title: 'Close the hole',
      text: 'Find out how the token leaked, fix it, and run the suites races and token-hygiene again.',
    },
  ],
  contact: 'security@salesforce.com',
  source: 'Salesforce, "Secure Your Connected Apps and External Client Apps", Report Suspicious Activity',
};
