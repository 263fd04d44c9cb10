/** Lists the values that the user enters in the client. Pure. */
import type { LoadedConfig } from '../config/load.ts';

/** A value that the user enters in the client. */
export interface ConnectionDetail {
  /** Its variable of docs/contract.md, section 3. */
  readonly name: string;
  /** Label in forms. */
  readonly label: string;
  readonly value: string;
}

/** Addresses of the mock that the user may need. */
export interface Addresses {
  readonly loginUrl: string;
  /** Certificate to trust, with TLS on. */
  readonly caFile?: string | undefined;
  /** Every open origin, by host. */
  readonly hosts?: Readonly<Record<string, string>>;
}

const HOSTS: Readonly<Record<string, string>> = {
  test: 'Instead of https://test.salesforce.com',
  'my-domain': 'My Domain',
  experience: 'Experience site',
};

/** Returns the connection details, in the order in which they are needed. */
export function connectionDetails(
  config: Pick<LoadedConfig, 'app'>,
  { loginUrl, caFile, hosts = {} }: Addresses,
): readonly ConnectionDetail[] {
  const { clientId, clientSecret, client, redirectUris, scopes } = config.app;
  return [
    { name: 'SF_LOGIN_URL', label: 'Login URL, instead of https://login.salesforce.com', value: loginUrl },
    { name: 'SF_CLIENT_ID', label: 'Consumer key (client id)', value: clientId },
    ...(client === 'confidential' && clientSecret !== undefined
      ? [{ name: 'SF_CLIENT_SECRET', label: 'Consumer secret', value: clientSecret }]
      : []),
    ...redirectUris.map((uri, index) => ({
      name: index === 0 ? 'SF_REDIRECT_URI' : '',
      label: /^http:\/\/[^/]*:0(?:\/|$)/u.test(uri) ? 'Redirect URI (0: any port of yours)' : 'Redirect URI',
      value: uri,
    })),
    { name: 'SF_SCOPES', label: 'Scopes', value: scopes.join(' ') },
    ...Object.entries(HOSTS).flatMap(([host, label]) =>
      hosts[host] === undefined ? [] : [{ name: '', label, value: hosts[host] }],
    ),
    ...(caFile === undefined
      ? []
      : [{ name: 'NODE_EXTRA_CA_CERTS', label: 'Certificate authority to trust', value: caFile }]),
  ];
}

/** Returns the details for a client that keeps using its own app of a real org: only another login URL. */
export function upstreamDetails(
  { login, sitePath }: { readonly login: string; readonly sitePath: string },
  { loginUrl, caFile }: Addresses,
): readonly ConnectionDetail[] {
  return [
    { name: 'SF_LOGIN_URL', label: `Login URL, instead of ${login}${sitePath}`, value: loginUrl },
    ...(caFile === undefined
      ? []
      : [{ name: 'NODE_EXTRA_CA_CERTS', label: 'Certificate authority to trust', value: caFile }]),
  ];
}

/** Formats the connection details for a terminal. */
export function connectionDetailsText(lines: readonly ConnectionDetail[]): string {
  const width = Math.max(...lines.map(({ name }) => name.length));
  return lines.map(({ name, value, label }) => `  ${name.padEnd(width)}  ${value}   (${label})`).join('\n');
}
