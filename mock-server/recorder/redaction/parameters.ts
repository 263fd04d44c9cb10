/** Redacts parameters of a query or form for the history: harmless values are kept, others become labels. */
import type { Parameter, SecretKind } from '../../../src/history/label.ts';
import { isSecret, type AppSecrets } from '../measure/client.ts';
import { mayBePersonal, showName, showOrgPath } from './org-request.ts';
import type { SecretRedactor } from './redactor.ts';

/** Parameters whose values are not secret, as long as they look harmless. */
const HARMLESS: ReadonlySet<string> = new Set([
  ...[
    'response_type',
    'grant_type',
    'client_id',
    'redirect_uri',
    'scope',
    'code_challenge_method',
    'prompt',
    'display',
  ],
  ...['format', 'token_type_hint', 'response_mode', 'immediate', 'client_assertion_type', 'max_age', 'ui_locales'],
  ...['sso_provider', 'resource', 'audience', 'error', 'error_description', 'error_uri', 'iss', 'revoke_reason'],
  ...['token_format', 'subject_token_type', 'requested_token_type', 'access_type', 'callback', 'q'],
]);

/** Kind of secret of a parameter or field, by its name. */
export const SECRET_FIELDS: Readonly<Record<string, SecretKind>> = {
  code_verifier: 'VERIFIER',
  code_challenge: 'CHALLENGE',
  state: 'STATE',
  nonce: 'NONCE',
  refresh_token: 'RT',
  access_token: 'AT',
  oauth_token: 'AT',
  token: 'RT',
  code: 'CODE',
  client_secret: 'SECRET',
  id_token: 'IDTOKEN',
  id_token_hint: 'IDTOKEN',
};

const LONGEST_VALUE = 256;
const LONGEST_NAME = 128;
const LONGEST_NAMES = 8_192;
const MOST = 200;

/** Returns origin and path of a redirect URI; its query, its fragment and the part before `@` may carry secrets. */
function withoutQuery(uri: string): string {
  const bare = /^[^?#]*/.exec(uri)?.[0] ?? '';
  return bare.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1') + (bare.length < uri.length ? '?…' : '');
}

const isPrintable = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** What redaction needs to know of the run and the app. */
export interface RedactionContext {
  readonly redactor: SecretRedactor;
  /** Whether the exchange belongs to a real org: personal data is then hidden as well. */
  readonly realOrg?: boolean;
  readonly app: AppSecrets & { readonly clientId: string };
}

/** Returns an untrusted text without anything that looks like a secret. */
export const redactText = (text: string, redactor: SecretRedactor, length = LONGEST_VALUE): string =>
  redactor.redact(text.slice(0, 8_192)).text.slice(0, length);

/** Returns a parameter without secrets. */
export function showParameter(name: string, value: string, redaction: RedactionContext): Parameter {
  const { redactor, app, realOrg = false } = redaction;
  const known = isKnown(name);
  const label = known ? name : realOrg ? showName(name, redactor) : redactText(name, redactor, LONGEST_NAME);
  if (value === '') return { name: label, value: '' };
  if (name === 'client_id' && value === app.clientId) return { name, value: value.slice(0, LONGEST_VALUE) };
  if (
    HARMLESS.has(name) &&
    value.length <= LONGEST_VALUE &&
    isPrintable(value) &&
    !(realOrg && mayBePersonal(name, value))
  )
    return { name, value: redactText(name === 'redirect_uri' ? withoutQuery(value) : value, redactor) };
  let kind = Object.hasOwn(SECRET_FIELDS, name) ? (SECRET_FIELDS[name] ?? 'VALUE') : 'VALUE';
  if (kind === 'SECRET' && !isSecret(value, app)) kind = 'VALUE';
  const secret = redactor.label(kind, value);
  return { name: label, value: secret.label, secret };
}

/** Returns redacted parameters in their order; at most 200. Where only all names together give a secret away, none of them is shown. */
export function showParameters(parameters: URLSearchParams, redaction: RedactionContext): readonly Parameter[] {
  const all = [...parameters].slice(0, MOST);
  const shown = all.map(([name, value]) => showParameter(name, value, redaction));
  const names = all.map(([name]) => name).join('&');
  const secrets = redaction.redactor.redact(names.slice(0, LONGEST_NAMES)).leaked;
  const spread = secrets.find((secret) => !shown.some(({ name }) => name.includes(secret)));
  if (spread === undefined) return shown;
  return shown.map((one) => (isKnown(one.name) ? one : { ...one, name: spread }));
}

const isKnown = (name: string): boolean => HARMLESS.has(name) || Object.hasOwn(SECRET_FIELDS, name);

/** Replaces segments of a path that look secret by labels; for a real org, all but Salesforce's own words. */
export const showPath = (path: string, { redactor, realOrg = false }: Omit<RedactionContext, 'app'>): string =>
  realOrg ? showOrgPath(path, redactor) : redactText(path, redactor, 512);
