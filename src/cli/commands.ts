/** Every command there is. Parser, help and docs/cli.md are made from this table. */
import type { Command } from './command.ts';

const RUN_DIR = { text: 'folder of a finished run, such as reports/runs/latest' } as const;

export const COMMANDS: readonly Command[] = [
  {
    name: 'demo',
    text: 'Runs every suite against two bundled clients, a good and a naive one; writes both reports and a comparison.',
    flags: ['workers', 'out', 'format', 'quiet'],
    examples: ['sf-conformance demo'],
    load: () => import('./commands/demo.ts'),
  },
  {
    name: 'run',
    text: 'Runs the suites against the client that the configuration describes; writes the reports.',
    flags: [
      'config',
      'suite',
      'grep',
      'shard',
      'workers',
      'seed',
      'replay',
      'out',
      'format',
      'fail-on',
      'timeout',
      'print-config',
      'quiet',
      'json',
    ],
    examples: [
      'sf-conformance run',
      'sf-conformance run -c ci/conformance.config.json --suite pkce,rtr',
      "sf-conformance run --grep '^RACE-' --seed 7",
      'sf-conformance run --replay reports/runs/latest/schedules/commit-order-failing-1.json',
      'sf-conformance run --json --quiet > report.json',
    ],
    load: () => import('./commands/run.ts'),
  },
  {
    name: 'serve',
    text: 'Keeps the mock running for a client that a person drives; grades what arrives, live on a dashboard.',
    flags: ['config', 'out', 'format', 'quiet', 'json'],
    examples: ['sf-conformance serve', 'sf-conformance serve -c conformance.config.yaml'],
    load: () => import('./commands/serve.ts'),
  },
  {
    name: 'check-settings',
    operand: { syntax: '<path...>', text: 'folders, files and zip files with the metadata of the app' },
    text: "Reads Salesforce metadata and grades the app's own settings: PKCE and refresh token rotation are on.",
    flags: ['since', 'baseline', 'strict', 'extended', 'settings-config', 'settings-format', 'quiet', 'json'],
    examples: [
      'sf-conformance check-settings force-app',
      'sf-conformance check-settings force-app --since v1.2.0',
      'sf-conformance check-settings app.zip --format sarif > settings.sarif',
    ],
    load: () => import('./commands/check-settings.ts'),
  },
  {
    name: 'probe',
    text: 'Asks a real login server whether the app requires PKCE: five requests, without a user, a secret or a real code.',
    flags: ['login-url', 'client-id', 'redirect-uri', 'yes', 'quiet', 'json'],
    examples: [
      'sf-conformance probe --login-url https://test.salesforce.com --client-id 3MVG9… --redirect-uri https://app.example/cb',
    ],
    load: () => import('./commands/probe.ts'),
  },
  {
    name: 'list',
    text: 'Prints suites, checks, requirements and scenarios.',
    flags: ['suite', 'grep', 'json'],
    examples: ['sf-conformance list', 'sf-conformance list --suite races', 'sf-conformance list --json'],
    load: () => import('./commands/list.ts'),
  },
  {
    name: 'init',
    text: 'Writes a commented configuration, an adapter to fill in and a workflow for CI, asking what it needs.',
    flags: ['yes', 'name', 'client', 'driver', 'language'],
    examples: ['sf-conformance init', 'sf-conformance init --yes --driver adapter --language python'],
    load: () => import('./commands/init.ts'),
  },
  {
    name: 'doctor',
    text: 'Pre-flight: is everything there, does one login pass, does one API call arrive. Tells what to do where not.',
    flags: ['config', 'timeout', 'print-config', 'quiet', 'json'],
    examples: ['sf-conformance doctor', 'sf-conformance doctor -c ci/conformance.config.json --print-config'],
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'report',
    operand: { syntax: '<run-dir>', ...RUN_DIR },
    text: 'Grades a recorded history again and writes the reports from it, with no client and no network.',
    flags: ['out', 'format', 'quiet', 'json'],
    examples: [
      'sf-conformance report reports/runs/latest',
      'sf-conformance report old-run --out new --format html,sarif',
    ],
    load: () => import('./commands/report.ts'),
  },
  {
    name: 'verify',
    operand: { syntax: '<run-dir>', ...RUN_DIR },
    text: 'Checks the signature and the hash chain of a finished run.',
    flags: ['quiet', 'json'],
    examples: ['sf-conformance verify reports/runs/latest'],
    load: () => import('./commands/verify.ts'),
  },
  {
    name: 'compare',
    operand: { syntax: '<run-dir...>', ...RUN_DIR, text: 'folders of finished runs' },
    text: 'One page and one table of many runs or many clients, a column each.',
    flags: ['out', 'quiet', 'json'],
    examples: ['sf-conformance compare before after', 'sf-conformance compare reports/runs/2026*'],
    load: () => import('./commands/compare.ts'),
  },
];
