/** The environment variables that a client gets (docs/contract.md, section 3). */

export interface Environment {
  /** Origin that stands in for `https://login.salesforce.com`, no slash at the end. */
  readonly loginUrl: string;
  readonly clientId: string;
  /** Only a confidential client has one. */
  readonly clientSecret: string | undefined;
  /** Port 0 of a loopback address: the client chooses the port (RFC 8252 §7.3). */
  readonly redirectUri: string;
  /** Space separated. */
  readonly scopes: string;
  /** Folder of the token store; survives a restart, shared by all processes of the client. */
  readonly stateDir: string;
}

/** Reads the variables.
 * @throws Error naming the variable that is missing. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const need = (name: string): string => {
    const value = variables[name];
    if (value === undefined || value === '') throw new Error(`The variable ${name} is not set.`);
    return value;
  };
  return {
    loginUrl: need('SF_LOGIN_URL').replace(/\/+$/, ''),
    clientId: need('SF_CLIENT_ID'),
    clientSecret: variables['SF_CLIENT_SECRET'],
    redirectUri: need('SF_REDIRECT_URI'),
    scopes: need('SF_SCOPES'),
    stateDir: need('SF_STATE_DIR'),
  };
}
