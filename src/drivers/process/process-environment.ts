/** What a client's process finds in its environment (contract, section 3). */

/** What only the harness may set: a leftover of the user's own shell would say something else than the scenario. */
const owned: readonly string[] = [
  'SF_LOGIN_URL',
  'SF_CLIENT_ID',
  'SF_CLIENT_SECRET',
  'SF_REDIRECT_URI',
  'SF_SCOPES',
  'SF_STATE_DIR',
];
/** Settings and secrets of the harness itself: the path of its signing key, its token for a service. */
const harness = /^SF_CONFORMANCE_/i;

/**
 * Returns the inherited environment without the harness's own variables, then what the session sets, then what the configuration sets.
 *
 * `PYTHONUNBUFFERED` is set unless it is there: a Python client that prints a line and waits would otherwise keep it to itself.
 *
 * @param withheld names of further variables that hold secrets of the harness, such as the token of the dashboard
 */
export function clientEnvironment(
  inherited: NodeJS.ProcessEnv,
  session: Readonly<Record<string, string>>,
  configured: Readonly<Record<string, string>>,
  withheld: readonly string[] = [],
): Readonly<Record<string, string>> {
  const env: Record<string, string> = { PYTHONUNBUFFERED: '1' };
  for (const [name, value] of Object.entries(inherited)) {
    if (value === undefined || owned.includes(name) || harness.test(name) || withheld.includes(name)) continue;
    env[name] = value;
  }
  return { ...env, ...session, ...configured };
}
