/** A token request as oidc-provider is to see it. */
import type { TokenFacts } from '../../src/history/facts.ts';
import type { MockApp, Mode } from '../mock.ts';
import { OTHER_GRANTS } from './grants/grants.ts';
import { WITHOUT_SECRET } from './grants/names.ts';
import { readBasic } from '../recorder/measure-client.ts';

/** The request as it came. */
export interface ParsedRequest {
  readonly form: URLSearchParams;
  readonly query: URLSearchParams;
  /** Value of the Authorization header. */
  readonly authorization: string;
}

/** A grant by oidc-provider's name, and the parameters that it has. */
export interface GrantType {
  readonly name: string;
  readonly parameters: readonly string[];
}

const CODE: GrantType = { name: 'authorization_code', parameters: ['code', 'redirect_uri', 'code_verifier'] };
const REFRESH: GrantType = { name: 'refresh_token', parameters: ['refresh_token'] };

/** The grants that the mock knows, under all names that Salesforce has for them. */
export const GRANT_TYPES: ReadonlyMap<string, GrantType> = new Map([
  ['authorization_code', CODE],
  ['hybrid_auth_code', CODE],
  ['refresh_token', REFRESH],
  ['hybrid_refresh', REFRESH],
  ...OTHER_GRANTS.map((grant): [string, GrantType] => [grant.name, grant]),
]);

/** The secret that a confidential app is known by: the client's own, or while observing the right one.
 * @param proven the client has proved itself by an assertion: oidc-provider is told so by the secret */
export function secretOf(
  received: ParsedRequest,
  grant: GrantType,
  facts: TokenFacts,
  app: MockApp,
  mode: Mode,
  proven = false,
): string | undefined {
  if (app.client !== 'confidential') return undefined;
  const excused = mode === 'observing' || proven || WITHOUT_SECRET.has(grant.name);
  return excused ? app.clientSecret : sentSecret(received, facts);
}

/** The values of a parameter. oidc-provider refuses what is repeated (RFC 6749 §3.2); observing takes the first. */
export function valuesOf({ form, query }: ParsedRequest, name: string, mode: Mode): readonly string[] {
  const values = form.has(name) ? form.getAll(name) : query.getAll(name);
  return mode === 'observing' ? values.slice(0, 1) : values;
}

/** The grant's own parameters, and one client authentication. */
export function tokenForm(
  received: ParsedRequest,
  grant: GrantType,
  app: MockApp,
  mode: Mode,
  secret: string | undefined,
): URLSearchParams {
  const out = new URLSearchParams({ grant_type: grant.name, client_id: app.clientId });
  for (const name of grant.parameters) for (const value of valuesOf(received, name, mode)) out.append(name, value);
  if (secret !== undefined) out.set('client_secret', secret);
  return out;
}

/** The body counts before the header, as on the platform (facts, section 4.3). */
function sentSecret({ form, query, authorization }: ParsedRequest, { auth }: TokenFacts): string | undefined {
  const body = form.get('client_secret');
  if (body !== null) return body;
  const basic = readBasic(authorization);
  if (basic !== undefined) return (auth.basicEncoding === 'raw' ? basic.raw : basic.formDecoded)?.secret;
  return query.get('client_secret') ?? undefined;
}
