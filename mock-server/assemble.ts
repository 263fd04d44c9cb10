/** Puts the parts of a mock together, once for every host: each is an issuer of its own on top of the same store. */
import { randomBytes } from 'node:crypto';
import type { JWK } from 'oidc-provider';
import { codeGrant } from './oauth/grants/authorization-code.ts';
import { OTHER_GRANTS } from './oauth/grants/grants.ts';
import { HOST_NAMES, type HostName } from './http/host.ts';
import type { Origins } from './http/listeners.ts';
import type { MockContext } from './context.ts';
import { createProvider } from './provider/provider.ts';
import { findToken } from './oauth/introspect.ts';
import { refreshGrant } from './oauth/grants/refresh-token.ts';

export interface AssembleOptions extends Omit<
  MockContext,
  'provider' | 'host' | 'issuer' | 'loginUrl' | 'instanceUrl'
> {
  readonly urls: Origins['urls'];
  readonly cookieKey: string;
  /** Signs id_tokens. */
  readonly signingKey: JWK;
  /** Receives every unexpected error. */
  readonly complain: (error: unknown) => void;
}

/** Returns the context of each host. The instance answers as the login host does. */
export function assemble(options: AssembleOptions): (host: HostName) => MockContext {
  const { urls, cookieKey, complain, signingKey, ...shared } = options;
  const partsOf = (host: HostName): MockContext => {
    const issuer = urls[host === 'instance' ? 'login' : host] ?? urls.login;
    const provider = createProvider({
      issuer,
      app: shared.app,
      org: shared.org,
      models: shared.models,
      findToken: findToken(shared),
      machineAheadMs: shared.machineAheadMs,
      signingKey,
      cookieKey,
      codeSeconds: Math.ceil(shared.switches.codeMs / 1000) + 1,
      idTokenSeconds: Math.ceil(shared.switches.idTokenMs / 1000),
      newCode: () =>
        shared.tokenCodec.code({ family: randomBytes(8).toString('hex'), issuedAt: Math.floor(shared.clock() / 1000) }),
      onServerError: complain,
    });
    const loginUrl = host === 'test' ? issuer : urls.login;
    const parts: MockContext = { ...shared, provider, host, issuer, loginUrl, instanceUrl: urls.instance };
    provider.registerGrantType('authorization_code', codeGrant(parts), ['code', 'redirect_uri', 'code_verifier']);
    provider.registerGrantType('refresh_token', refreshGrant(parts), ['refresh_token']);
    for (const { name, parameters, handler } of OTHER_GRANTS) {
      provider.registerGrantType(name, handler(parts), [...parameters]);
    }
    return parts;
  };
  const all = new Map(HOST_NAMES.filter((name) => urls[name] !== undefined).map((name) => [name, partsOf(name)]));
  const login = all.get('login') ?? partsOf('login');
  return (host) => all.get(host) ?? login;
}
