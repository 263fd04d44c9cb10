/** What a client's process finds in its environment (contract, section 3). */

/** What only the harness may set: a leftover of the user's own shell would tell the client something else than the scenario. */
const owned = [
  'SF_LOGIN_URL',
  'SF_CLIENT_ID',
  'SF_CLIENT_SECRET',
  'SF_REDIRECT_URI',
  'SF_SCOPES',
  'SF_STATE_DIR',
  'SF_CALL_MARKER',
] as const;

/**
 * The inherited environment without the harness's own names, then what the session says, then what the configuration says.
 *
 * `PYTHONUNBUFFERED` is set unless it is there: a Python client that prints a line and waits would otherwise keep it to itself.
 */
export function clientEnvironment(
  inherited: NodeJS.ProcessEnv,
  session: Readonly<Record<string, string>>,
  configured: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const env: Record<string, string> = { PYTHONUNBUFFERED: '1' };
  for (const [name, value] of Object.entries(inherited)) {
    if (value !== undefined && !owned.some((own) => own === name)) env[name] = value;
  }
  return { ...env, ...session, ...configured };
}
