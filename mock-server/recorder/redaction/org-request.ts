/** Redacts requests to a real org for the history: keeps values that are the same in every org, and nothing that names a record or a
 * person. */
import { SCOPES } from '../../salesforce/scope.ts';
import type { SecretRedactor } from './redactor.ts';

/** Words that Salesforce itself uses in paths. */
const PATH_WORDS: ReadonlySet<string> = new Set([
  ...['services', 'data', 'async', 'Soap', 'apexrest', 'oauth2', 'auth', 'idp', 'oidc', '.well-known', 'id', 'keys'],
  ...['authorize', 'token', 'revoke', 'introspect', 'userinfo', 'success', 'echo', 'singleaccess', 'register'],
  ...[
    'openid-configuration',
    'auth-configuration',
    'logout',
    'login',
    'secur',
    'frontdoor.jsp',
    'setup',
    'u',
    'c',
    'm',
  ],
  ...['T', 's', 'query', 'queryAll', 'search', 'parameterizedSearch', 'sobjects', 'describe', 'recent', 'limits'],
  ...['composite', 'batch', 'tree', 'graph', 'collections', 'jobs', 'ingest', 'batches', 'job', 'result', 'results'],
  ...['request', 'successfulResults', 'failedResults', 'unprocessedrecords', 'tooling', 'executeAnonymous'],
  ...['runTestsAsynchronous', 'chatter', 'feeds', 'users', 'me', 'analytics', 'reports', 'dashboards', 'actions'],
  ...['standard', 'custom', 'process', 'approvals', 'rules', 'event', 'eventSchema', 'platformEventChannels'],
  ...['ui-api', 'wave', 'metadata', 'deployRequest', 'connect', 'tabs', 'theme', 'appMenu', 'versions', 'cometd'],
]);

const VERSION = /^v?\d{1,3}\.\d$/;

/** Returns a path in which every segment but Salesforce's own words is a label. */
export function showOrgPath(path: string, redactor: SecretRedactor): string {
  const shown = path
    .split('/')
    .map((segment) =>
      segment === '' || PATH_WORDS.has(segment) || VERSION.test(segment)
        ? segment
        : redactor.label('VALUE', segment).label,
    );
  return shown.join('/').slice(0, 512);
}

/** Parameters whose values are words of OAuth, or settings of the app. */
const PROTOCOL_WORDS: ReadonlySet<string> = new Set([
  ...['response_type', 'grant_type', 'client_id', 'redirect_uri', 'scope', 'code_challenge_method', 'prompt'],
  ...['display', 'format', 'token_type_hint', 'response_mode', 'immediate', 'client_assertion_type', 'max_age'],
  ...['subject_token_type', 'requested_token_type', 'access_type', 'token_format'],
]);

/** Returns whether a parameter may hold personal data: a query of records, a name, a generated value. */
export function mayBePersonal(name: string, value: string): boolean {
  if (!PROTOCOL_WORDS.has(name)) return true;
  if (name === 'scope') return value.split(' ').some((word) => !isScope(word));
  return name !== 'redirect_uri' && !/^[A-Za-z0-9_:.+ -]{0,120}$/.test(value);
}

/** Returns whether a word is a scope of Salesforce, or empty. */
export const isScope = (word: string): boolean => word === '' || word === 'offline_access' || SCOPES.includes(word);

/** Returns the name of a parameter or a header, or a label when it may hold more than a word. */
export const showName = (name: string, redactor: SecretRedactor): string =>
  /^[A-Za-z][A-Za-z_.-]{0,59}$/.test(name) ? redactor.redact(name).text : redactor.label('VALUE', name).label;

const HARMLESS_HEADERS: ReadonlySet<string> = new Set([
  ...[
    'accept',
    'accept-charset',
    'accept-encoding',
    'accept-language',
    'cache-control',
    'connection',
    'content-length',
  ],
  ...['content-type', 'content-encoding', 'expect', 'host', 'keep-alive', 'origin', 'pragma', 'priority', 'te'],
  ...['transfer-encoding', 'upgrade', 'user-agent', 'x-user-agent', 'x-sf-call-marker', 'sec-fetch-mode'],
  ...['sec-fetch-dest', 'sec-fetch-site', 'sec-fetch-user', 'sec-ch-ua', 'sec-ch-ua-mobile', 'sec-ch-ua-platform'],
]);

/** Returns whether the value of a header identifies neither an org nor a person. */
export const isHarmlessHeader = (name: string): boolean => HARMLESS_HEADERS.has(name.toLowerCase());

const COOKIES: ReadonlySet<string> = new Set(['sid', 'sid_Client', 'oid', 'BrowserId', 'BrowserId_sec', 'clientSrc']);

/** Returns the name of a cookie that Salesforce sets in every org, or a label. */
export const showCookieName = (name: string, redactor: SecretRedactor): string =>
  COOKIES.has(name) ? name : redactor.label('VALUE', name).label;
