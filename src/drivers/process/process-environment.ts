/** Builds the environment of a client's process (docs/contract.md, section 3). */

/** Variables that only the harness may set: values left over in the user's shell would contradict the scenario. */
const owned: readonly string[] = [
  'SF_LOGIN_URL',
  'SF_CLIENT_ID',
  'SF_CLIENT_SECRET',
  'SF_REDIRECT_URI',
  'SF_SCOPES',
  'SF_STATE_DIR',
];
/** Settings and secrets of the harness itself, such as the path of its signing key and its token for a service. */
const harness = /^SF_CONFORMANCE_/i;

/** Returns the inherited environment without the harness's own variables, then the session's variables, then the configuration's. Sets
 * `PYTHONUNBUFFERED` unless it is set: otherwise Python buffers the lines of a client that waits.
 * @param withheld names of further variables that hold secrets of the harness, such as the token of the dashboard */
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
