/** Writes the commented configuration of `init`. Pure. */
import { ADAPTERS } from './adapter-draft.ts';
import type { AdapterTemplate, Answers, Draft } from './answers.ts';

/** Returns the draft of a configuration in YAML, where comments work in every editor. */
export function configDraft(answers: Answers): Draft {
  return {
    path: 'conformance.config.yaml',
    text: `# Configuration of sf-conformance. Relative paths begin at this file. What is commented out shows the default.
app:
  name: ${JSON.stringify(answers.name)}
  kind: external-client-app # or connected-app
  client: ${answers.client} # or ${answers.client === 'public' ? 'confidential' : 'public'}
  # clientId: "3MVG9…" # generated when absent; your client gets it as SF_CLIENT_ID
${secretOf(answers)}  redirectUris:
    - ${redirectUriOf(answers)}
  scopes: [api, refresh_token]
  # sharedStore: false # true: several processes of the client share one token store
  # persistence: durable # session: tokens live in memory only, a restart asks the user to connect again
  # metadata: [force-app/main/default] # grades the settings of the app in the same report

driver:
${driverOf(answers)}
# mock:
#   policy: strict # salesforce: what the platform is known to accept is accepted
# run:
#   suites: [pkce, rtr, races] # all when absent
#   timeoutMs: 30000 # per action
# report:
#   formats: [html, json, junit, markdown] # also sarif, ctrf, har, badge
# attestations: # what cannot be seen in network traffic and a person confirms
#   SF-INCIDENT-REPORTING: { by: Jane Doe, at: 2026-01-31, proof: https://wiki.example/incidents, until: 2027-01-31 }
`,
  };
}

function secretOf({ client }: Answers): string {
  return client === 'public'
    ? ''
    : '  # clientSecret: { env: MY_CLIENT_SECRET } # generated when absent; your client gets it as SF_CLIENT_SECRET\n';
}

/** Returns the redirect URI; a web application's callback is at its own address. */
function redirectUriOf({ driver }: Answers): string {
  return driver === 'http' || driver === 'browser'
    ? 'http://127.0.0.1:3000/callback # where your client takes its callback; it gets it as SF_REDIRECT_URI'
    : 'http://127.0.0.1:0/callback # port 0: the client chooses a loopback port at run time';
}

function driverOf({ driver, language }: Answers): string {
  switch (driver) {
    case 'adapter': {
      const { command, needs }: AdapterTemplate = ADAPTERS[language];
      return `  type: adapter # a process that speaks JSON lines
  command: [${command.join(', ')}]${needs === undefined ? '' : ` # ${needs}`}
  # env: {}
  # cwd: .
`;
    }
    case 'command':
      return `  type: command # one process for each action; exit 0 is ok, 89 and 127 are "not supported"
  authorize: [./my-cli, login] # opens the authorization URL with $BROWSER, or prints it
  call: [./my-cli, whoami] # one ordinary API call
  # status: [./my-cli, status]
  # disconnect: [./my-cli, logout]
`;
    case 'http':
      return `  type: http # a web application
  baseUrl: http://127.0.0.1:3000
  start: { command: [npm, start], ready: /healthz }
  authorize: { method: GET, path: /auth/salesforce }
  call: { method: GET, path: /api/accounts }
  # status: { path: /api/session }
  # disconnect: { method: POST, path: /logout }
`;
    case 'browser':
      return `  type: browser # a page that needs JavaScript
  baseUrl: http://127.0.0.1:3000
  start: { command: [npm, start], ready: / }
  authorize: { goto: /, click: "text=Connect", waitFor: "text=Connected" }
  call: { goto: /accounts, waitFor: "text=Accounts" }
  # tabs: 2
`;
    case 'manual':
      return `  type: manual # a person does what the terminal says
`;
  }
}
