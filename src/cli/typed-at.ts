/** Returns the working directory of the user: npm runs scripts in the package's folder and passes the user's in INIT_CWD. Pure. */
export function typedAt(env: Readonly<Record<string, string | undefined>>, cwd: string): string {
  const typed = env['INIT_CWD'];
  return underNpmStart(env) && typed !== undefined && typed !== '' ? typed : cwd;
}

/** Returns whether the command runs under `npm start` of this package, not of one that calls the command. */
export function underNpmStart(env: Readonly<Record<string, string | undefined>>): boolean {
  return env['npm_lifecycle_event'] === 'start' && env['npm_package_name'] === 'sf-conformance';
}
