/** Configuration files, and the other files that a run reads: baselines, schedules, fixtures, keys. */
import fc from 'fast-check';
import { readPublicKey } from '../../../mock-server/oauth/public-key.ts';
import { readFixtures } from '../../../mock-server/api/data/fixtures.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { readEarlierReport } from '../../../src/settings/earlier-report.ts';
import { parseBaseline } from '../../../src/run/baseline.ts';
import { loadSchedule } from '../../../src/run/schedule-files.ts';
import { json, mutated, near, text, type Json } from '../hostile.ts';
import { scratch } from '../scratch.ts';
import { target } from '../target.ts';
import { orHarnessError } from '../errors.ts';

/** A placeholder for a secret in a file. */
const SECRET = 'S3cretOfTheConfiguration';
const RIGHT: Json = {
  app: {
    name: 'Acme',
    kind: 'external-client-app',
    client: 'confidential',
    clientSecret: SECRET,
    redirectUris: ['http://127.0.0.1:0/callback'],
    scopes: ['api'],
    metadata: ['.'],
  },
  driver: { type: 'adapter', command: ['python3', 'adapter.py'], env: { A: 'b' }, cwd: '.' },
  mock: {
    host: '127.0.0.1',
    port: 0,
    tls: false,
    policy: 'strict',
    rotation: 'salesforce',
    switches: { approvalLimit: 5 },
  },
  run: { suites: ['pkce'], workers: 1, timeoutMs: 30_000, quietMs: 300, holdMs: 5_000, seed: 1, herd: 8 },
  report: { dir: 'reports/runs', formats: ['html', 'json'] },
  attestations: { 'SF-RTR-STORE': { by: 'A', at: '2026-01-01', proof: 'x', until: '2027-01-01' } },
  baseline: 'conformance.baseline.json',
};
const WORDS = [
  'app',
  'driver',
  'type',
  'http',
  'manual',
  'browser',
  'command',
  'baseUrl',
  'http://127.0.0.1:3000',
  'env',
  'clientId',
  '&a',
  '*a',
  '<<',
  '!!js/function',
  '---',
  '%YAML 1.1',
  '- ',
  ': ',
  '# ',
  '/*',
  '//',
  '? ',
];
const YAML = `app: &a\n  name: Acme\n  client: confidential\n  clientSecret: ${SECRET}\n  redirectUris: [http://127.0.0.1:0/callback]\ndriver: { type: adapter, command: [a] }\nmock: *a\n`;

interface File {
  readonly kind: 'json' | 'yaml' | 'mjs' | 'ts';
  readonly content: string;
}

const configuration = target<File>({
  name: 'configuration',
  input: fc.oneof(
    {
      weight: 6,
      arbitrary: near(RIGHT, WORDS).map((value): File => ({ kind: 'json', content: JSON.stringify(value, null, 1) })),
    },
    {
      weight: 3,
      arbitrary: mutated(JSON.stringify(RIGHT, null, 1), WORDS, 50_000).map((content): File => ({
        kind: 'json',
        content,
      })),
    },
    { weight: 5, arbitrary: mutated(YAML, WORDS, 50_000).map((content): File => ({ kind: 'yaml', content })) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom('mjs' as const, 'ts' as const),
        content: near(RIGHT, WORDS).map((value) => `export default ${JSON.stringify(value)};\n`),
      }),
    },
  ),
  async open() {
    const folder = scratch();
    return {
      async check({ kind, content }) {
        const path = folder.put(`conformance.config.${kind}`, content.toWellFormed());
        await orHarnessError(() => loadConfig({ path, cwd: folder.path, env: {} }), [SECRET]);
      },
      close: () => folder.close(),
    };
  },
});

const BASELINE: Json = [{ id: 'RTR-04', reason: 'fixed in 2.1', until: '2027-01-31' }];
const SCHEDULE: Json = { scenario: 'commit-order', commit: [1, 0, 2], answer: [0, 1, 2], seed: 1 };
const FIXTURE: Json = [{ Name: 'A', Id: '001000000000001AAA', attributes: { type: 'Account' } }, { Name: 'B' }];
const SETTINGS: Json = {
  settings: {
    today: '2026-01-01',
    apps: [
      {
        kind: 'connected-app',
        name: 'A',
        oauth: [{ isPkceRequired: { state: 'true' }, isRefreshTokenRotationEnabled: { state: 'absent' } }],
      },
    ],
  },
};
const PEM = '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----\n';

const files = target<{
  readonly of: 'baseline' | 'schedule' | 'fixture' | 'key' | 'settings';
  readonly content: string;
}>({
  name: 'files-of-a-run',
  input: fc.oneof(
    ...(
      [
        ['baseline', BASELINE],
        ['schedule', SCHEDULE],
        ['fixture', FIXTURE],
        ['settings', SETTINGS],
      ] as const
    ).map(([of, right]) =>
      fc.record({
        of: fc.constant(of),
        content: fc.oneof(
          {
            weight: 4,
            arbitrary: near(right, ['RTR-04', 'id', 'until', 'Id', 'commit', 'answer', 'name', 'app']).map((value) =>
              JSON.stringify(value),
            ),
          },
          { weight: 1, arbitrary: mutated(JSON.stringify(right), [], 50_000) },
          { weight: 1, arbitrary: json().map((value) => JSON.stringify(value)) },
        ),
      }),
    ),
    fc.record({
      of: fc.constant('key' as const),
      content: fc.oneof(
        mutated(PEM, ['-----BEGIN CERTIFICATE-----', '{"kty":"RSA"}'], 5_000),
        text(['{"kty":"RSA","n":"AQAB","e":"AQAB"}']),
      ),
    }),
  ),
  async open() {
    const folder = scratch();
    return {
      async check({ of, content }) {
        if (of === 'baseline')
          await orHarnessError(() => parseBaseline(content, 'conformance.baseline.json', ['RTR-04', 'PKCE-01']));
        if (of === 'schedule') await orHarnessError(() => loadSchedule(folder.put('schedule.json', content)));
        if (of === 'settings')
          await orHarnessError(() => readEarlierReport(folder.put('earlier.json', content), folder.path));
        if (of === 'key') await orHarnessError(() => readPublicKey(content));
        if (of === 'fixture') {
          folder.empty();
          folder.put('Account.json', content);
          await orHarnessError(() => readFixtures(folder.path));
        }
      },
      close: () => folder.close(),
    };
  },
});

export const configurations = [configuration, files];
