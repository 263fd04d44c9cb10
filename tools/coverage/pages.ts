/** The pages `docs/mock/coverage.md` and `docs/mock/switches.md`, made of the tables in the code. Pure. */
import { TEXTS } from '../../mock-server/salesforce/denial.ts';
import { DOCUMENTED } from '../../mock-server/salesforce/documented.ts';
import { FAULTS } from '../../mock-server/faults/catalogue.ts';
import { USER_STATUSES, type Consequence } from '../../mock-server/policy/user-status.ts';
import type { Confidence, Switch } from '../../mock-server/switches/switch.ts';
import { SWITCHES } from '../../mock-server/switches/switch-table.ts';
import { expected } from '../../mock-server/switches/switches.ts';
import { NOT_BY_ITSELF, NOT_MODELLED, SERVER_CODES } from './codes.ts';
import { ENDPOINTS } from './endpoints.ts';
import { ERROR_SOURCES } from './errors.ts';
import { GRANTS } from './grants.ts';
import type { Modelled } from './modelled.ts';

const MADE = '<!-- Made from the tables in mock-server/ by `npx vitest run tools/coverage --update`. Do not edit. -->';

const SURE: Readonly<Record<Confidence, string>> = {
  verified: 'read in the source',
  inferred: 'inferred',
  unverified: 'not verified',
  own: 'our own choice',
};

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const MODELLED = ['what the mock does', 'known from', 'how sure', 'switches'];

const modelledCells = ({ how, source, confidence, switches = [] }: Modelled): readonly string[] => [
  ...[how, source, SURE[confidence]],
  switches.map((one) => `\`${one}\``).join(' '),
];

const WHERE = {
  token: 'body of the token endpoint',
  callback: 'callback, after sign-in',
  page: 'page, before sign-in',
} as const;

const ITSELF: ReadonlySet<string> = new Set(Object.values(TEXTS).map(([error]) => error));

/** How the mock comes to say a code. */
export function saidBy(code: string): string {
  const faults = DOCUMENTED.filter(({ error }) => error === code).map(({ id }) => `fault \`${id}\``);
  const ways = ITSELF.has(code) ? ['by itself'] : [...faults, NOT_BY_ITSELF[code] ?? ''];
  return ways.filter((text) => text !== '').join('; ');
}

/** Everything that is modelled, where it is known from, and how sure that is. */
export function coveragePage(): string {
  const errors = Object.entries(TEXTS).map(([situation, [error, text]]) => {
    const [source, confidence] = ERROR_SOURCES[situation] ?? ['', 'own'];
    return [`\`${error}\``, `\`${text}\``, source, SURE[confidence]];
  });
  const named = DOCUMENTED.map(({ id, error, description, delivered, when, source, confidence }) => [
    ...[id, error, description].map((text) => `\`${text}\``),
    WHERE[delivered],
    when,
    source,
    SURE[confidence],
  ]);
  const userStatuses = Object.entries<Consequence>(USER_STATUSES).map(([name, { callback, token, endsSessions }]) => [
    ...[name, callback, token].map((text) => `\`${text}\``),
    endsSessions === true ? 'dead' : 'go on',
  ]);
  const faults = [...FAULTS.values()].map(({ id, title, on }) => [`\`${id}\``, title, on]);
  const endpoints = table(
    ['path', 'methods', ...MODELLED],
    ENDPOINTS.map((one) => [`\`${one.what}\``, one.methods.join(', '), ...modelledCells(one)]),
  );
  return [
    MADE,
    '# What the mock models',
    'No live org was asked. What is not verified, or differs between orgs, has a [switch](switches.md).',
    '## Endpoints',
    endpoints,
    '## Grants',
    table(
      ['grant', ...MODELLED],
      GRANTS.map((one) => [`\`${one.what}\``, ...modelledCells(one)]),
    ),
    '## Errors of OAuth',
    table(['error', 'description', 'known from', 'how sure'], errors),
    '### Errors by name',
    'What depends on an administrator, an address or an hour does not happen by itself. Arm the fault of the same name, or set the status of a user.',
    table(['fault', 'error', 'description', 'where', 'when the platform says it', 'known from', 'how sure'], named),
    '### Statuses of users',
    'The status of a user, or of all users, is set from code (`control.setUserStatus`) or by the management port (`POST /standing` with `{"standing":"inactive-user","user":"U1"}`; `good` ends it). Nothing is revoked by it.',
    table(['status', 'at the callback', 'at the token endpoint', 'sessions'], userStatuses),
    '### Codes of the platform',
    table(
      ['code', 'how the mock comes to say it'],
      SERVER_CODES.map((code) => [`\`${code}\``, saidBy(code)]),
    ),
    '### Known, and not modelled',
    table(['what', 'why not, and what instead'], NOT_MODELLED),
    '## Faults',
    'What can be made to go wrong, for tests. None of them happens by itself.',
    table(['fault', 'what the client sees', 'where'], faults),
    '',
  ].join('\n\n');
}

/** Every switch with its default. */
export function switchesPage(): string {
  const rows = Object.entries(SWITCHES as Readonly<Record<string, Switch>>).map(([name, one]) => [
    `\`${name}\``,
    `\`${JSON.stringify(one.standard)}\``,
    expected(one),
    one.what,
    one.source,
    SURE[one.confidence],
  ]);
  return [
    MADE,
    '# Switches of the mock',
    'Set them under `mock.switches` of the configuration.',
    table(['switch', 'default', 'values', 'what it does', 'default known from', 'how sure'], rows),
    '',
  ].join('\n\n');
}
