/** What of a query or a form may appear in history: harmless values as they are, everything else as a label. */
import type { Parameter, SecretKind } from '../../../src/history/label.ts';
import { isSecret, type AppSecrets } from '../measure/client.ts';
import { mayBePersonal, showName, showOrgPath } from './org-request.ts';
import type { SecretRedactor } from './redactor.ts';

/** Names whose values say nothing secret, as long as they look harmless. */
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

/** What kind of secret a parameter or a field is, by its name. */
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
const MOST = 200;

/** Origin and path of a redirect URI; its query, its fragment and what is before `@` may carry secrets. */
function withoutQuery(uri: string): string {
  const bare = /^[^?#]*/.exec(uri)?.[0] ?? '';
  return bare.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1') + (bare.length < uri.length ? '?…' : '');
}

const isPrintable = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

export interface RedactionContext {
  readonly redactor: SecretRedactor;
  /** What passes by belongs to a real org: whatever may say something about a person is hidden as well. */
  readonly realOrg?: boolean;
  readonly app: AppSecrets & { readonly clientId: string };
}

/** Returns an untrusted text without what looks like a secret. */
export const redactText = (text: string, redactor: SecretRedactor, length = LONGEST_VALUE): string =>
  redactor.redact(text.slice(0, 8_192)).text.slice(0, length);

/** Returns a parameter without secrets. */
export function showParameter(name: string, value: string, redaction: RedactionContext): Parameter {
  const { redactor, app, realOrg = false } = redaction;
  const known = HARMLESS.has(name) || Object.hasOwn(SECRET_FIELDS, name);
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

/** Returns parameters without secrets, in the order they came; at most 200. */
export const showParameters = (parameters: URLSearchParams, redaction: RedactionContext): readonly Parameter[] =>
  [...parameters].slice(0, MOST).map(([name, value]) => showParameter(name, value, redaction));

/** Segments of a path that look secret are labels; of a real org all that are not words of the platform. */
export const showPath = (path: string, { redactor, realOrg = false }: Omit<RedactionContext, 'app'>): string =>
  realOrg ? showOrgPath(path, redactor) : redactText(path, redactor, 512);
