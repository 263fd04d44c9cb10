/** The page docs/contract.md: what a partner, a CI job and a reviewer can rely on. Tables come from the code. Pure. */
import { allRequirements, requirementSets } from '../../suites/requirements/sets.ts';
import { RUN_VERDICTS, VERDICT_ORDER, VERDICTS } from '../../reports/text/words.ts';
import { SUITE_NAMES } from '../../src/config/suites.ts';
import { EXIT_CODES } from '../../src/run/exit.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { configTables } from './config-table.ts';
import { table } from './markdown.ts';

/** Markdown. `npm run docs` writes it; a test fails when the page is stale. */
export function contractPage(): string {
  return [
    '# The contract, version 1',
    '',
    'Names, shapes and exit codes on this page are kept. Things may be added; nothing is changed or taken away without a new',
    'version. The tables are made from the code by `npm run docs`, so they cannot say something else than the program does.',
    '',
    '## 1. Command line',
    '',
    'The package and its one command are called `sf-conformance`. From a checkout `npm start -- <command> …` is the same, and',
    '`npm start` alone is `demo`. Paths are relative to where the command was typed. Results go to standard output, everything',
    'else to standard error; with `--json` standard output holds the result as JSON and nothing else. Every flag is on the page',
    '[cli.md](cli.md).',
    '',
    ...table(
      ['command', 'what it does'],
      COMMANDS.map(({ name, operands = [], text }) => [
        `\`${[name, ...operands.map(({ syntax }) => syntax)].join(' ')}\``,
        text,
      ]),
    ),
    '',
    ...table(
      ['exit code', 'meaning'],
      EXIT_CODES.map(([code, text]) => [String(code), text]),
    ),
    '',
    'A recorded token request is always judged: a client that dies after it is `crashed`, not misconfigured. Before it, whatever',
    'keeps the harness from judging is exit 2. Every such message says what was wrong and what to do next; stack traces are',
    'shown only when `DEBUG` is set. Selecting nothing is wrong usage, and so is an id that matches nothing.',
    '',
    'A run whose process was killed leaves no report. The next `run` or `serve` with the same `--out` finds it, grades what its',
    'history holds, writes its reports as partial, and says so on standard error.',
    '',
    '`npm` prints a banner of its own before a script. For output that is read by a program, keep it silent:',
    '`npm start --silent -- run --json > report.json`.',
    '',
    '## 2. Configuration',
    '',
    '`conformance.config.{ts,mts,js,mjs,json,yaml,yml}`, or any file named with `-c`. TypeScript configurations use',
    '`defineConfig`. Relative paths are relative to the file. An unknown key is an error that names the nearest known one.',
    'Editors can use [schema/config.v1.schema.json](schema/config.v1.schema.json). `run --print-config` shows what would be',
    'used and where each value came from, with secrets hidden.',
    '',
    ...configTables(),
    '',
    `Suites: ${SUITE_NAMES.map((name) => `\`${name}\``).join(', ')}.`,
    '',
    '## 3. What the client gets',
    '',
    ...table(
      ['variable', 'what it holds'],
      [
        ['`SF_LOGIN_URL`', 'origin that stands in for `https://login.salesforce.com`; no slash at the end'],
        ['`SF_CLIENT_ID`', 'the consumer key'],
        [
          '`SF_CLIENT_SECRET`',
          'the consumer secret; confidential clients only, absent for public ones. After a rotation of the secret the client is restarted with the new one',
        ],
        ['`SF_REDIRECT_URI`', 'the first of `app.redirectUris`; port 0 means that the client chooses a loopback port'],
        ['`SF_SCOPES`', 'scopes to ask for, separated by spaces'],
        [
          '`SF_STATE_DIR`',
          'folder for what the client stores: empty when a scenario begins, kept over restarts inside it, shared by its processes',
        ],
        ['`NODE_EXTRA_CA_CERTS`, `SSL_CERT_FILE`, `REQUESTS_CA_BUNDLE`', 'with `mock.tls`: the certificate to trust'],
      ],
    ),
    '',
    'The rest of the environment is inherited, without what is the harness’s own: every `SF_CONFORMANCE_…` variable, and the variable',
    'that `dashboard.token` names.',
    '',
    '## 4. The adapter protocol',
    '',
    'The harness starts `driver.command` and writes one JSON object a line to its standard input; the adapter answers the same',
    'way on standard output. Requests overlap: answers carry the `id` of their request and come in any order. Other lines and',
    'standard error are kept as evidence. At the end of input the adapter leaves within five seconds.',
    '',
    ...table(
      ['request', 'answer'],
      [
        [
          '`{"id":1,"do":"authorize"}`',
          'event `{"event":"open","url":"…"}`, then `{"id":1,"ok":true}` when the login has ended',
        ],
        [
          '`{"id":2,"do":"redirect","url":"myapp://…"}`',
          'only for redirect URIs that are not http(s): `{"id":2,"ok":true}`',
        ],
        [
          '`{"id":3,"do":"call"}`',
          'one API call with whatever refresh the client does by itself: `{"id":3,"ok":true,"status":200}`',
        ],
        ['`{"id":4,"do":"refresh"}`', 'optional: `{"id":4,"ok":true}`'],
        ['`{"id":5,"do":"status"}`', 'optional: `{"id":5,"ok":true,"connected":true}`'],
        ['`{"id":6,"do":"disconnect"}`', 'optional: `{"id":6,"ok":true}`'],
      ],
    ),
    '',
    'A failure is `{"id":3,"ok":false,"error":"…","reauthorize":true}`; `reauthorize` says that the client asks its user to connect',
    'again. An action that the client lacks is `{"id":4,"unsupported":true}`: a declaration, and what needs it is left out.',
    '',
    '## 5. The report',
    '',
    '`report.json` ([schema](schema/report.v1.schema.json)), `history.jsonl` ([schema of a line](schema/history.v1.schema.json)) and',
    '`report.sig` are always written. How to read them: [reading-a-report.md](reading-a-report.md).',
    '',
    ...table(
      ['verdict of a run', 'meaning'],
      Object.entries(RUN_VERDICTS).map(([id, { meaning }]) => [`\`${id}\``, meaning]),
    ),
    '',
    ...table(
      ['verdict of a check', 'meaning'],
      VERDICT_ORDER.map((id) => [`\`${id}\``, VERDICTS[id].meaning]),
    ),
    '',
    '## 6. Requirements',
    '',
    ...table(
      ['id', 'the partner rule, in our words', 'answered by', 'set'],
      allRequirements.map(({ id, rule, checks, answeredBy }) => [
        `\`${id}\``,
        rule,
        [...checks, ...(answeredBy === 'checks' ? [] : [answeredBy])].join(', '),
        setsWith(id),
      ]),
    ),
    '',
    '## 7. Requirement sets',
    '',
    'The rule has a date. A set is one edition of it: a file in `suites/requirements/` ([schema](schema/requirements.v1.schema.json))',
    'that is never changed once it is published. `rules` in the configuration or `--rules` chooses one;',
    '`sf-conformance list --rules` prints them, and every report names its own. A report holds the checks and requirements of its set',
    'only. A history is graded by the set that its first line names, or by `sf-partner-2026-05` where it names none. Checks whose',
    'scenarios did not exist when the history was recorded are `skip` with the reason `not-recorded`.',
    '',
    ...table(
      ['set', 'what it is', 'requirements'],
      requirementSets.map(({ id, title, requirements }) => [`\`${id}\``, title, String(requirements.length)]),
    ),
    '',
  ].join('\n');
}

/** `all`, or the ids of the sets that have a requirement. */
function setsWith(id: string): string {
  const having = requirementSets.filter(({ requirements }) => requirements.some((one) => one.id === id));
  return having.length === requirementSets.length ? 'all' : having.map((one) => `\`${one.id}\``).join(', ');
}
