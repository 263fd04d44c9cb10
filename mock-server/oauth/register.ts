/** Implements dynamic client registration (OpenID Connect Registration §3) with an initial access token. It only describes apps: the mock
 * serves one. */
import { randomBytes } from 'node:crypto';
import { tokenRefusal } from '../salesforce/refusal.ts';
import { NO_STORE } from '../salesforce/headers.ts';
import { ROUTES } from '../salesforce/route.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { json, type Reply } from '../reply.ts';
import { jsonOf } from '../api/rest/api-call.ts';
import { sentSession } from '../api/session.ts';

/** Most apps that an org registers. */
const MOST = 100;
const MOST_ADDRESSES = 50;
const METHODS: ReadonlySet<unknown> = new Set([undefined, 'none', 'client_secret_post', 'client_secret_basic']);

/** Answers `POST /services/oauth2/register`. */
export async function register(exchange: Exchange, context: MockContext): Promise<Reply> {
  const refuse = (status: number, error: string, errorDescription: string) =>
    tokenRefusal(exchange, { status, error, errorDescription });
  if (exchange.method !== 'POST') return refuse(400, 'invalid_request', 'must use HTTP POST');
  const { session } = await sentSession(exchange, context);
  if (session === undefined) return refuse(401, 'invalid_token', 'invalid initial access token');
  if (!context.switches.dynamicRegistration) return refuse(400, 'oauth_flow_disabled', 'registration is not enabled');
  const metadata = jsonOf(exchange.rawBody);
  const wrong = metadata === undefined ? 'the body is not a JSON object' : complaint(metadata);
  if (metadata === undefined || wrong !== undefined) return refuse(400, 'failed_registration', wrong ?? '');
  const count = Number((await context.models.get('Registration', 'count'))?.['value'] ?? 0);
  if (count >= MOST) return refuse(400, 'exceeded_registration_limit', 'too many registered apps');
  await context.models.put('Registration', 'count', { value: count + 1 }, undefined);
  const headers = { ...NO_STORE, 'Content-Type': 'application/json; charset=utf-8' };
  return json(201, describe(metadata, context), headers);
}

/** Returns the description of the app that was registered. */
function describe(metadata: Readonly<Record<string, unknown>>, { issuer, clock }: MockContext) {
  const isPublic = metadata['token_endpoint_auth_method'] === 'none';
  const clientId = `3MVG9${randomBytes(60).toString('base64').replaceAll('+', '.').replaceAll('/', '_')}`;
  return {
    client_id: clientId,
    ...(!isPublic && { client_secret: randomBytes(32).toString('hex').toUpperCase(), client_secret_expires_at: 0 }),
    client_id_issued_at: Math.floor(clock() / 1000),
    client_name: metadata['client_name'],
    redirect_uris: metadata['redirect_uris'],
    grant_types: metadata['grant_types'] ?? ['authorization_code'],
    response_types: metadata['response_types'] ?? ['code'],
    token_endpoint_auth_method: metadata['token_endpoint_auth_method'] ?? 'client_secret_post',
    registration_client_uri: `${issuer}${ROUTES.register}/${clientId}`,
  };
}

function complaint({
  client_name: name,
  redirect_uris: uris,
  token_endpoint_auth_method: method,
}: Readonly<Record<string, unknown>>) {
  if (typeof name !== 'string' || name === '' || name.length > 80) return 'client_name is missing or too long';
  if (!METHODS.has(method)) return 'token_endpoint_auth_method is not supported';
  if (!Array.isArray(uris) || uris.length === 0 || uris.length > MOST_ADDRESSES) return 'redirect_uris is not a list';
  return uris.every(isRedirect) ? undefined : 'a redirect_uri is not allowed';
}

/** Returns whether an app may use a redirect URI: HTTPS, a loopback address, or a private-use scheme (RFC 8252 §7). */
function isRedirect(uri: unknown): boolean {
  if (typeof uri !== 'string' || uri.length > 2_000 || !URL.canParse(uri)) return false;
  const { protocol, hostname, hash } = new URL(uri);
  if (hash !== '' || ['javascript:', 'data:', 'file:', 'vbscript:'].includes(protocol)) return false;
  return protocol !== 'http:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
