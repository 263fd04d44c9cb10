/** Calls oidc-provider and returns its answer instead of letting it write one. */
import { ServerResponse, type IncomingMessage } from 'node:http';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type Provider from 'oidc-provider';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';

/** An answer of oidc-provider. */
export interface ProviderAnswer {
  readonly status: number;
  /** Target of a redirect; undefined for other answers. */
  readonly location: string | undefined;
  readonly cookies: readonly string[];
  readonly body: unknown;
  /** The error in the answer. */
  readonly refusal: { readonly error: string; readonly errorDescription: string } | undefined;
  /** Returns a parameter of the authorization request. */
  readonly parameter: (name: string) => string | undefined;
}

/** Calls oidc-provider with a GET of another URL, and with the cookies, the host and the connection of the client's request. */
export async function askProvider(
  url: string,
  { incoming }: Exchange,
  context: Pick<MockContext, 'provider'>,
): Promise<ProviderAnswer> {
  const provider = await context.provider();
  const { host, cookie } = incoming.headers;
  const request = Object.create(incoming, {
    method: { value: 'GET' },
    url: { value: url, writable: true },
    // The client's Accept header applies to the mock's own answer.
    headers: { value: { host, cookie, accept: 'application/json' } },
  }) as IncomingMessage;
  const response = new ServerResponse(request);
  const ctx = provider.createContext(request, response);
  for (const run of provider.middleware) await run(ctx, async () => undefined);
  const { params } = (ctx as KoaContextWithOIDC).oidc;
  return {
    status: ctx.status,
    location: ctx.response.get('Location') || undefined,
    cookies: [response.getHeader('Set-Cookie') ?? []].flat().map((cookie) => forSession(String(cookie))),
    body: ctx.body,
    refusal: refusalIn(ctx.body),
    parameter: (name) => (typeof params?.[name] === 'string' ? params[name] : undefined),
  };
}

/** Removes the expiry of a cookie unless it deletes the cookie: sign-ins end by the mock's clock, which differs from the browser's. */
const forSession = (cookie: string): string =>
  /^[\w.]+=[^;]/u.test(cookie) ? cookie.replace(/; ?expires=[^;]*/iu, '') : cookie;

function refusalIn(body: unknown): ProviderAnswer['refusal'] {
  if (typeof body !== 'object' || body === null || !('error' in body) || typeof body.error !== 'string')
    return undefined;
  const text = 'error_description' in body ? body.error_description : undefined;
  return { error: body.error, errorDescription: typeof text === 'string' ? text : '' };
}

/** A sign-in in progress, as oidc-provider keeps it. */
export type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** Finds the sign-in that is in progress in a browser; undefined when there is none. */
export const findInteraction = async (
  { incoming }: Exchange,
  { provider }: Pick<MockContext, 'provider'>,
): Promise<Interaction | undefined> =>
  (await provider()).interactionDetails(incoming, new ServerResponse(incoming)).catch(() => undefined);

/** Stores the user's answer. Resolves with the URL at which the authorization request continues. */
export const finishInteraction = async (
  result: Parameters<Provider['interactionResult']>[2],
  { incoming }: Exchange,
  { provider }: Pick<MockContext, 'provider'>,
): Promise<string> => (await provider()).interactionResult(incoming, new ServerResponse(incoming), result);
