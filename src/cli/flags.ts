/** Lists every flag once: parser, help and docs/cli.md are made from this table. */
import { ruleIds } from '../../suites/requirements/rule-ids.ts';
import { FORMAT_NAMES } from '../config/formats.ts';
import { SUITE_NAMES } from '../config/suites.ts';
import { DEFAULT_RULES } from '../history/rules.ts';
import { CLIENTS, DRIVERS, LANGUAGES } from './init/answers.ts';
import {
  issuerUrl,
  listOf,
  oneOf,
  path,
  pattern,
  portRange,
  serviceUrl,
  shard,
  wholeNumber,
  word,
  words,
} from './values.ts';

/** A flag with a value has `value` (its name in the help) and `parse`; one without is a boolean. */
export interface Flag {
  readonly short?: string;
  /** The typed name, where another command has a different flag of the same name. */
  readonly typedAs?: string;
  readonly value?: string;
  readonly text: string;
  readonly fallback?: string;
  readonly parse?: (text: string, flag: string) => unknown;
}

const LONGEST_MS = 2_147_483_647;

/** All flags, by name without dashes. Durations are milliseconds. Paths are relative to the working directory. */
export const FLAGS = {
  config: {
    short: 'c',
    value: 'FILE',
    text: 'configuration',
    fallback: 'conformance.config.{ts,mts,js,mjs,json,yaml,yml}',
    parse: path,
  },
  rules: {
    value: 'SET',
    text: `requirement set to grade by: ${ruleIds.join(', ')}`,
    fallback: DEFAULT_RULES,
    parse: oneOf('requirement set', ruleIds),
  },
  'list-rules': { typedAs: 'rules', text: 'print the requirement sets' },
  at: {
    value: 'URL',
    text: 'service that runs the mock, records, grades and signs; its token is in SF_CONFORMANCE_TOKEN',
    parse: serviceUrl,
  },
  'at-app': { value: 'ID', text: 'app of the service that the run belongs to', parse: word },
  data: {
    value: 'DIR',
    text: 'folder of the service: its key, and its database unless DATABASE_URL names one',
    fallback: 'sf-conformance-data',
    parse: path,
  },
  port: { value: 'N', text: 'port of the service, 0: a free one', fallback: '4400', parse: wholeNumber(0, 65_535) },
  listen: {
    value: 'ADDRESS',
    text: 'address that the service and its mocks listen on',
    fallback: '127.0.0.1',
    parse: word,
  },
  url: { value: 'URL', text: 'public origin of the service', fallback: 'address and port', parse: word },
  ports: { value: 'A-B', text: 'ports for mocks, two for each', fallback: 'free ones', parse: portRange },
  base: {
    value: 'HOST',
    text: 'domain below which every host name leads to the service: mocks are names, not ports',
    parse: word,
  },
  'instance-url': {
    value: 'URL',
    text: 'origin at which the other instances of the service reach this one',
    fallback: 'where it listens',
    parse: word,
  },
  'client-address': {
    value: 'HEADER',
    text: 'how the address of a client is seen: `connection`, or the header that the proxy in front writes',
    fallback: 'it is not seen',
    parse: word,
  },
  gone: {
    value: 'SECONDS',
    text: 'after how long an instance that is not seen counts as gone',
    fallback: '30',
    parse: wholeNumber(1, 3_600),
  },
  'delete-organisation': {
    value: 'ID',
    text: 'delete an organisation with everything of it, and serve nothing',
    parse: word,
  },
  'oidc-issuer': {
    value: 'URL',
    text: 'where people sign in by OpenID Connect; the client secret is in SF_CONFORMANCE_OIDC_SECRET',
    parse: issuerUrl,
  },
  'oidc-client': { value: 'ID', text: 'client id at that issuer', parse: word },
  'private-webhooks': { text: 'let webhooks lead to plain HTTP and to addresses of private networks' },
  drain: {
    value: 'SECONDS',
    text: 'how long runs may go on after SIGTERM',
    fallback: '50',
    parse: wholeNumber(0, 86_400),
  },
  suite: { value: 'a,b', text: 'only these suites', fallback: 'all', parse: listOf('suite', SUITE_NAMES) },
  grep: { value: 'REGEX', text: 'only checks whose own id, or a scenario of which, matches', parse: pattern },
  shard: { value: 'i/n', text: 'only the i-th of n parts', parse: shard },
  workers: {
    value: 'N|auto',
    text: 'scenarios at once; auto: as many as cores, memory and driver allow',
    fallback: 'auto',
    parse: (text: string, flag: string) => (text === 'auto' ? ('auto' as const) : wholeNumber(1, 64)(text, flag)),
  },
  seed: {
    value: 'N',
    text: 'random seed',
    fallback: '1',
    parse: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  },
  out: { value: 'DIR', text: 'folder for the reports', fallback: 'reports/runs', parse: path },
  format: {
    value: 'a,b',
    text: `report formats: ${FORMAT_NAMES.join(', ')}`,
    fallback: 'html,json,junit,markdown',
    parse: listOf('report format', FORMAT_NAMES),
  },
  reporter: {
    value: 'NAME',
    text: 'how progress is shown: list, a line for each scenario, or dot, a character for each',
    fallback: 'one line that changes on a terminal, else list',
    parse: oneOf('reporter', ['list', 'dot'] as const),
  },
  'fail-on': {
    value: 'LEVEL',
    text: 'which failures count: must, should or never',
    fallback: 'must',
    parse: oneOf('level', ['must', 'should', 'never'] as const),
  },
  timeout: { value: 'MS', text: 'milliseconds per action', fallback: '30000', parse: wholeNumber(1, LONGEST_MS) },
  replay: {
    value: 'FILE',
    text: 'run one race again: a file of the folder `schedules` of an earlier run',
    parse: path,
  },
  since: { value: 'REVISION', text: 'compare with the files of this git revision', parse: word },
  baseline: { value: 'PATH', text: 'compare with an earlier report, or the folder of an earlier run', parse: path },
  strict: { text: 'settings that cannot be determined from the files fail' },
  extended: { text: 'the same as --rules sf-partner-2026-11' },
  'settings-config': {
    short: 'c',
    typedAs: 'config',
    value: 'FILE',
    text: 'configuration whose app is compared with the metadata, and whose attestations count',
    fallback: 'none',
    parse: path,
  },
  'settings-format': {
    typedAs: 'format',
    value: 'FORMAT',
    text: 'table, json or sarif',
    fallback: 'table',
    parse: oneOf('format', ['table', 'json', 'sarif'] as const),
  },
  'login-url': { value: 'URL', text: 'login URL of the org, such as https://test.salesforce.com', parse: word },
  'client-id': { value: 'KEY', text: 'consumer key of the app', parse: word },
  'redirect-uri': { value: 'URI', text: 'a callback URL of the app, character for character', parse: word },
  name: { value: 'NAME', text: 'what the client is called', fallback: 'My client', parse: (text: string) => text },
  client: {
    value: 'KIND',
    text: 'public or confidential',
    fallback: 'public',
    parse: oneOf('kind of client', CLIENTS),
  },
  driver: {
    value: 'TYPE',
    text: `how the client is driven: ${DRIVERS.join(', ')}`,
    fallback: 'adapter',
    parse: oneOf('driver', DRIVERS),
  },
  language: {
    value: 'LANGUAGE',
    text: `language of the adapter: ${LANGUAGES.join(', ')}`,
    fallback: 'javascript',
    parse: oneOf('language', LANGUAGES),
  },
  'print-config': {
    text: 'print the configuration as it would be used, and where each value came from; do nothing else',
  },
  watch: { text: "run again whenever a file under the driver's cwd changes; r runs again, q ends; on a terminal only" },
  upstream: {
    value: 'URL',
    text: 'forward to this real org instead of the mock: its login URL, and after commas more hosts of it',
    parse: words,
  },
  'upstream-ca': {
    value: 'FILE',
    text: 'PEM of an authority that is trusted for the org besides the usual ones',
    parse: path,
  },
  'yes-production': { text: 'the org may be one in production' },
  probe: { text: 'ask the org at the start whether the app requires PKCE, as the command probe does' },
  key: { value: 'FILE', text: 'file with the public key (PEM or JWK) that must have signed', parse: path },
  trust: {
    value: 'KEYS',
    text: 'public keys that are trusted, separated by commas: base64 as reports print them, files, https URLs, or origins of services, whose log is checked too',
    parse: words,
  },
  unsigned: { text: 'write a report that is not signed, also in place' },
  headless: {
    text: 'for tests and containers: no keys are read; with --json: prints one line of JSON when ready, and ends with its input',
  },
  yes: { text: 'ask nothing' },
  quiet: { text: 'say nothing on standard error but errors' },
  json: { text: 'the result as JSON on standard output, and nothing else there' },
} as const satisfies Readonly<Record<string, Flag>>;

/** Key of a flag in `FLAGS`. */
export type FlagName = keyof typeof FLAGS;

type ValueOf<F> = F extends { readonly parse: (text: string, flag: string) => infer T } ? T : true;

/** The parsed flags of a command line; flags that were not typed are absent. */
export type FlagValues = { readonly [K in FlagName]?: ValueOf<(typeof FLAGS)[K]> };

/** Returns the name of a flag without dashes: `config`. */
export function typedAs(name: FlagName): string {
  const flag: Flag = FLAGS[name];
  return flag.typedAs ?? name;
}

/** Returns the syntax of a flag, `-c, --config <FILE>`, for help and parser. */
export function syntax(name: FlagName): string {
  const flag: Flag = FLAGS[name];
  const long = `--${typedAs(name)}${flag.value === undefined ? '' : ` <${flag.value}>`}`;
  return flag.short === undefined ? long : `-${flag.short}, ${long}`;
}

/** Returns the text of a flag with its default. */
export function description(name: FlagName): string {
  const flag: Flag = FLAGS[name];
  return flag.fallback === undefined ? flag.text : `${flag.text} (default: ${flag.fallback})`;
}
