/** Assembles the parts of a mock, once for every host: each is a separate issuer on the same store. */
import type Provider from 'oidc-provider';
import { HOST_NAMES, type HostName } from './http/host.ts';
import type { Origins } from './http/listeners.ts';
import type { MockContext, SharedContext } from './context.ts';

/** Options of `assemble`. */
export interface AssembleOptions {
  readonly shared: SharedContext;
  readonly urls: Origins['urls'];
  /** Receives every unexpected error. */
  readonly complain: (error: unknown) => void;
}

/** Returns the context of each host. The instance answers like the login host. */
export function assemble(options: AssembleOptions): (host: HostName) => MockContext {
  const { shared, urls, complain } = options;
  const partsOf = (host: HostName): MockContext => {
    const issuer = urls[host === 'instance' ? 'login' : host] ?? urls.login;
    let loaded: Promise<Provider> | undefined;
    // Neither oidc-provider nor its key is needed to start: the first browser waits for them.
    const load = async (): Promise<Provider> => {
      const [{ createProvider }, { jwk }] = await Promise.all([import('./provider/provider.ts'), shared.signingKey()]);
      return createProvider({
        issuer,
        clientId: shared.app.clientId,
        org: shared.org,
        models: shared.models,
        machineAheadMs: shared.machineAheadMs,
        signingKey: jwk,
        cookieKey: shared.cookieKey,
        onServerError: complain,
      });
    };
    const provider = () => (loaded ??= load());
    const loginUrl = host === 'test' ? issuer : urls.login;
    return { ...shared, provider, host, issuer, sitePath: '', loginUrl, instanceUrl: urls.instance };
  };
  const all = new Map(HOST_NAMES.filter((name) => urls[name] !== undefined).map((name) => [name, partsOf(name)]));
  const login = all.get('login') ?? partsOf('login');
  return (host) => all.get(host) ?? login;
}
