/** The pages `docs/mock/coverage.md` and `docs/mock/switches.md`, made of the tables in the code. Pure. */
import { TEXTS } from '../dialect/denial.ts';
import { FAULTS } from '../faults/catalogue.ts';
import { SWITCHES, type Confidence, type Switch } from '../policy/switch-table.ts';
import { expected } from '../policy/switches.ts';
import { ENDPOINTS } from './endpoints.ts';
import { ERROR_SOURCES } from './errors.ts';
import { GRANTS } from './grants.ts';
import type { Modelled } from './modelled.ts';

const MADE =
  '<!-- Made from the tables in mock-server/ by `npx vitest run mock-server/coverage --update`. Do not edit. -->';

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

const modelled = (name: string, list: readonly Modelled[]) =>
  table(
    [name, 'what the mock does', 'known from', 'how sure', 'switches'],
    list.map(({ what, how, source, confidence, switches = [] }) => [
      `\`${what}\``,
      how,
      source,
      SURE[confidence],
      switches.map((one) => `\`${one}\``).join(' '),
    ]),
  );

/** Everything that is modelled, where it is known from, and how sure that is. */
export function coveragePage(): string {
  const errors = Object.entries(TEXTS).map(([situation, [error, text]]) => {
    const [source, confidence] = ERROR_SOURCES[situation] ?? ['', 'own'];
    return [`\`${error}\``, `\`${text}\``, source, SURE[confidence]];
  });
  const faults = [...FAULTS.values()].map(({ id, title, on }) => [`\`${id}\``, title, on]);
  return [
    MADE,
    '# What the mock models',
    'No live org was asked. What is not verified, or differs between orgs, has a [switch](switches.md).',
    '## Endpoints',
    modelled('path', ENDPOINTS),
    '## Grants',
    modelled('grant', GRANTS),
    '## Errors of OAuth',
    table(['error', 'description', 'known from', 'how sure'], errors),
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
