/** Defines the configuration (docs/contract.md, section 2): structure, bounds and defaults. `resolve.ts` completes it. */
import { z } from 'zod';
import { allRequirements } from '../../suites/requirements/sets.ts';
import { ruleIds } from '../../suites/requirements/rule-ids.ts';
import { driverSchema } from '../drivers/config.ts';
import { DEFAULT_RULES } from '../history/rules.ts';
import { isAddressOrRange } from './addresses.ts';
import { FORMAT_NAMES } from './formats.ts';
import { redirectUri, scope } from './oauth-words.ts';
import { SUITE_NAMES } from './suites.ts';

/** Longest delay in milliseconds that Node's timers support. */
const LONGEST_MS = 2_147_483_647;
const text = z.string().trim().min(1);
const durationMs = z.int().min(1).max(LONGEST_MS);
const day = z.iso.date().or(z.iso.datetime({ offset: true }));

const secret = z.union([z.string().min(1), z.strictObject({ env: text })], {
  error: 'must be a text, or {"env": "NAME"} to read it from the environment',
});

const app = z.strictObject({
  name: text.default('Unnamed client').describe('What reports call the client.'),
  kind: z.enum(['external-client-app', 'connected-app']).default('external-client-app'),
  client: z.enum(['public', 'confidential']).default('public'),
  clientId: text.optional().describe("The consumer key. Generated in Salesforce's shape when absent."),
  clientSecret: secret.optional().describe('The consumer secret, confidential only. Generated when absent.'),
  redirectUris: z
    .array(redirectUri)
    .min(1)
    .default(['http://127.0.0.1:0/callback'])
    .describe('Port 0: the client chooses a loopback port at run time (RFC 8252 §7.3).'),
  scopes: z.array(scope).default(['api', 'refresh_token']).describe('What the client is asked to request.'),
  publicKey: text
    .optional()
    .describe('File with the certificate or public key (PEM, or a JWK) that assertions of the app are verified with.'),
  sharedStore: z.boolean().default(false).describe('Several processes of the client share one token store.'),
  persistence: z.enum(['durable', 'session']).default('durable').describe('session: tokens live in memory only.'),
  egress: z
    .array(text.refine(isAddressOrRange, 'must be an IP address or a range such as 203.0.113.0/28'))
    .min(1)
    .optional()
    .describe(
      'Addresses and ranges (CIDR) that the client refreshes from. Absent: where refreshes come from is not graded.',
    ),
  leaseMs: durationMs
    .optional()
    .describe('How long one process of the client may hold the right to refresh before another takes it.'),
  metadata: z.array(text).default([]).describe('Salesforce metadata whose settings are graded in the same report.'),
});

const mock = z.strictObject({
  host: text.default('127.0.0.1'),
  port: z.int().min(0).max(65_535).default(0).describe('0: the system chooses.'),
  instancePort: z
    .int()
    .min(0)
    .max(65_535)
    .default(0)
    .describe('Port of `instance_url`, where a container has to publish it. 0: the system chooses.'),
  public: z.boolean().default(false).describe('Allows a host that others can reach, for the dashboard too.'),
  tls: z.boolean().default(false).describe('HTTPS, with a certificate authority made on the spot.'),
  hosts: z
    .array(z.enum(['test', 'my-domain', 'experience']))
    .default([])
    .describe('Hosts that are opened besides login and instance, each on a port of its own.'),
  fixtures: text.optional().describe('Folder of <SObject>.json files: records that the org holds.'),
  policy: z.enum(['strict', 'salesforce']).default('strict'),
  rotation: text.default('salesforce').describe('Name of the rotation preset.'),
  switches: z
    .record(z.string(), z.union([z.string(), z.boolean(), z.number()]))
    .default({})
    .describe('Single ways in which the mock is to differ.'),
});

const dashboard = z.strictObject({
  host: text
    .default('127.0.0.1')
    .describe(
      'What the dashboard of `serve` listens on. It answers under 127.0.0.1 and localhost only, wherever it listens.',
    ),
  port: z.int().min(0).max(65_535).default(0).describe('0: the system chooses.'),
  token: z
    .strictObject({ env: text })
    .optional()
    .describe('Environment variable with the bearer token of scripts, 16 to 200 characters. Absent: a random one.'),
});

const run = z.strictObject({
  suites: z.array(z.enum(SUITE_NAMES)).min(1).optional().describe('All when absent.'),
  workers: z
    .union([z.int().min(1).max(64), z.literal('auto')], { error: 'must be a whole number from 1 to 64, or "auto"' })
    .default('auto')
    .describe('Scenarios at once. auto: as many as cores, memory and driver allow.'),
  timeoutMs: durationMs.default(30_000).describe('Per action, in milliseconds.'),
  quietMs: durationMs
    .default(300)
    .describe('Milliseconds without a request after which the client is treated as idle.'),
  holdMs: durationMs.default(5_000).describe('How long an answer is held to see whether the client sends again.'),
  seed: z.int().min(0).default(1),
  herd: z.int().min(2).max(1_000).default(8).describe('How many calls at once the largest race makes.'),
});

const report = z.strictObject({
  dir: text.optional().describe('Default: reports/runs where the command was typed.'),
  formats: z.array(z.enum(FORMAT_NAMES)).default(['html', 'json', 'junit', 'markdown']),
});

const attestation = z.strictObject({
  by: text,
  at: day,
  proof: text.describe('Where it can be looked up.'),
  until: day,
});

/** Schema of the configuration, with its defaults. */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  rules: z.enum(ruleIds).default(DEFAULT_RULES).describe('Requirement set to grade by; `list --rules` prints them.'),
  app: app.prefault({}),
  driver: driverSchema.prefault({ type: 'manual' }),
  mock: mock.prefault({}),
  dashboard: dashboard.prefault({}),
  run: run.prefault({}),
  report: report.prefault({}),
  attestations: z
    .partialRecord(z.enum(allRequirements.map(({ id }) => id)), attestation)
    .default({})
    .describe('What cannot be seen in network traffic and a person confirms, by requirement.'),
  baseline: text.optional().describe('Known failures. Default: conformance.baseline.json beside this file, if there.'),
});

/** The content of a configuration file. */
export type ConfigInput = z.input<typeof configSchema>;

/** A validated configuration with defaults filled in; paths and secrets are still as written. */
export type ParsedConfig = z.output<typeof configSchema>;
