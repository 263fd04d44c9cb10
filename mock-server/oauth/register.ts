/** Dynamic client registration (OpenID Connect Registration §3) with an initial access token. It describes apps; the mock serves one. */
import { randomBytes } from 'node:crypto';
import type { Context } from 'koa';
import type { Denial } from '../salesforce/denial.ts';
import { refuseToken } from '../salesforce/refusal.ts';
import { noStore } from '../salesforce/headers.ts';
import { ROUTES } from '../salesforce/route.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { presentedSession } from '../api/session.ts';

/** An org registers so many apps at most (facts, section 1). */
const MOST = 100;
const MOST_ADDRESSES = 50;
const METHODS: ReadonlySet<unknown> = new Set([undefined, 'none', 'client_secret_post', 'client_secret_basic']);

/** Answers `POST /services/oauth2/register`. */
export async function register(ctx: Context, exchange: Exchange, parts: MockContext): Promise<void> {
  const outcome = await describe(ctx, exchange, parts);
  if (outcome.kind === 'refused') {
    refuseToken(ctx, exchange, outcome.denial);
    return;
  }
  noStore(ctx);
  ctx.status = 201;
  ctx.body = outcome.description;
}

type Outcome =
  { readonly kind: 'refused'; readonly denial: Denial } | { readonly kind: 'registered'; readonly description: object };

const refuse = (status: number, error: string, errorDescription: string): Outcome => ({
  kind: 'refused',
  denial: { status, error, errorDescription },
});

async function describe(ctx: Context, exchange: Exchange, parts: MockContext): Promise<Outcome> {
  if (ctx.method !== 'POST') return refuse(400, 'invalid_request', 'must use HTTP POST');
  const { session } = await presentedSession(ctx, exchange, parts);
  if (session === undefined) return refuse(401, 'invalid_token', 'invalid initial access token');
  if (!parts.switches.dynamicRegistration) return refuse(400, 'oauth_flow_disabled', 'registration is not enabled');
  const metadata = read(exchange.rawBody);
  const wrong = metadata === undefined ? 'the body is no JSON object' : complaint(metadata);
  if (metadata === undefined || wrong !== undefined) return refuse(400, 'failed_registration', wrong ?? '');
  const count = Number((await parts.models.get('Registration', 'count'))?.['value'] ?? 0);
  if (count >= MOST) return refuse(400, 'exceeded_registration_limit', 'too many registered apps');
  await parts.models.put('Registration', 'count', { value: count + 1 }, undefined);

  const isPublic = metadata['token_endpoint_auth_method'] === 'none';
  const clientId = `3MVG9${randomBytes(60).toString('base64').replaceAll('+', '.').replaceAll('/', '_')}`;
  const description = {
    client_id: clientId,
    ...(!isPublic && { client_secret: randomBytes(32).toString('hex').toUpperCase(), client_secret_expires_at: 0 }),
    client_id_issued_at: Math.floor(parts.clock() / 1000),
    client_name: metadata['client_name'],
    redirect_uris: metadata['redirect_uris'],
    grant_types: metadata['grant_types'] ?? ['authorization_code'],
    response_types: metadata['response_types'] ?? ['code'],
    token_endpoint_auth_method: metadata['token_endpoint_auth_method'] ?? 'client_secret_post',
    registration_client_uri: `${parts.issuer}${ROUTES.register}/${clientId}`,
  };
  return { kind: 'registered', description };
}

function read(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function complaint({
  client_name: name,
  redirect_uris: uris,
  token_endpoint_auth_method: method,
}: Readonly<Record<string, unknown>>) {
  if (typeof name !== 'string' || name === '' || name.length > 80) return 'client_name is missing or too long';
  if (!METHODS.has(method)) return 'token_endpoint_auth_method is not supported';
  if (!Array.isArray(uris) || uris.length === 0 || uris.length > MOST_ADDRESSES) return 'redirect_uris is no list';
  return uris.every(isRedirect) ? undefined : 'a redirect_uri is not allowed';
}

/** HTTPS, a loopback address, or a scheme of the app's own (RFC 8252 §7). */
function isRedirect(uri: unknown): boolean {
  if (typeof uri !== 'string' || uri.length > 2_000 || !URL.canParse(uri)) return false;
  const { protocol, hostname, hash } = new URL(uri);
  if (hash !== '' || ['javascript:', 'data:', 'file:', 'vbscript:'].includes(protocol)) return false;
  return protocol !== 'http:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
