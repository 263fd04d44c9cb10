/** Puts the parts of a mock together, once for every host: each is an issuer of its own on top of the same store. */
import type { JWK } from 'oidc-provider';
import { HOST_NAMES, type HostName } from './http/host.ts';
import type { Origins } from './http/listeners.ts';
import type { MockContext, SharedContext } from './context.ts';
import { createProvider } from './provider/provider.ts';

export interface AssembleOptions {
  readonly shared: SharedContext;
  readonly urls: Origins['urls'];
  /** Signs id_tokens. */
  readonly signingKey: JWK;
  /** Receives every unexpected error. */
  readonly complain: (error: unknown) => void;
}

/** Returns the context of each host. The instance answers as the login host does. */
export function assemble(options: AssembleOptions): (host: HostName) => MockContext {
  const { shared, urls, complain, signingKey } = options;
  const partsOf = (host: HostName): MockContext => {
    const issuer = urls[host === 'instance' ? 'login' : host] ?? urls.login;
    const provider = createProvider({
      issuer,
      clientId: shared.app.clientId,
      org: shared.org,
      models: shared.models,
      machineAheadMs: shared.machineAheadMs,
      signingKey,
      cookieKey: shared.cookieKey,
      idTokenSeconds: Math.ceil(shared.switches.idTokenMs / 1000),
      onServerError: complain,
    });
    const loginUrl = host === 'test' ? issuer : urls.login;
    return { ...shared, provider, host, issuer, sitePath: '', loginUrl, instanceUrl: urls.instance };
  };
  const all = new Map(HOST_NAMES.filter((name) => urls[name] !== undefined).map((name) => [name, partsOf(name)]));
  const login = all.get('login') ?? partsOf('login');
  return (host) => all.get(host) ?? login;
}
