/** Defines the request of a partner's harness for a run of its client against a mock of the service. */
import { z } from 'zod';
import { SUITE_NAMES } from '../../config/suites.ts';
import { FORMAT_NAMES } from '../../config/formats.ts';
import { resolveConfig, type LoadedConfig } from '../../config/resolve.ts';
import { settingsFactsSchema, type SettingsFacts } from '../../history/settings.ts';
import { readSchedule } from '../../schedules/schedule.ts';

const section = z.record(z.string(), z.unknown());

/** Schema of the configuration sections that concern the service; `configOf` validates their content. */
const configSchema = z.strictObject({
  rules: z.string().max(100).optional(),
  app: section,
  mock: z.strictObject({
    policy: z.enum(['strict', 'salesforce']).optional(),
    rotation: z.string().max(100).optional(),
    switches: section.optional(),
    hosts: z.array(z.string().max(100)).max(10).optional(),
  }),
  run: section,
  attestations: section.optional(),
});

const driverSchema = z.strictObject({
  type: z.enum(['adapter', 'command', 'http', 'browser', 'manual']),
  parallelSessions: z.boolean(),
  sees: z.boolean().describe('It wants to see what the mock records.'),
  abilities: z.strictObject({
    restart: z.boolean(),
    processes: z.boolean(),
    tabs: z.boolean(),
    users: z.boolean(),
    refresh: z.boolean(),
    status: z.boolean(),
    disconnect: z.boolean(),
    parallelCalls: z.boolean(),
    newSecret: z.literal(true).exactOptional(),
    previous: z.literal(true).exactOptional(),
    seeded: z.literal(true).exactOptional(),
  }),
});

/** Schema of the body of `POST /v1/runs`. */
export const runRequestSchema = z.strictObject({
  app: z.string().max(40).optional().describe('Id of an app of the organisation that the run belongs to.'),
  continues: z
    .string()
    .max(40)
    .optional()
    .describe('Id of a run that ended with the error `repeat`: scenarios that are finished there are kept.'),
  config: configSchema.describe('Sections of a configuration file, complete.'),
  driver: driverSchema.describe('How the partner drives the client.'),
  suites: z.array(z.enum(SUITE_NAMES)).min(1).optional(),
  grep: z.string().max(1_000).optional(),
  shard: z
    .string()
    .regex(/^\d{1,4}\/\d{1,4}$/u)
    .optional(),
  replay: z
    .unknown()
    .optional()
    .refine((value) => value === undefined || readSchedule(value) !== undefined, 'not a schedule'),
  workers: z.union([z.int().min(1).max(64), z.literal('auto')]).optional(),
  seed: z.int().nonnegative().optional(),
  timeoutMs: z.int().positive().max(2_147_483_647).optional(),
  failOn: z.enum(['must', 'should', 'never']),
  formats: z.array(z.enum(FORMAT_NAMES)),
  baseline: z
    .array(
      z.strictObject({ id: z.string().max(60), reason: z.string().max(2_000), until: z.string().max(10).optional() }),
    )
    .max(500),
  settings: settingsFactsSchema.optional().describe("What the app's metadata says, as the partner read it."),
  publicKey: z.string().max(20_000).optional().describe('PEM or JWK that assertions of the app are verified with.'),
});

/** The body of `POST /v1/runs`, after validation. */
export type RunRequest = z.infer<typeof runRequestSchema>;

/** Returns the configuration of a request. It cannot name files or variables of the service.
 * @throws HarnessError as `resolveConfig` does */
export function configOf(request: Pick<RunRequest, 'config'>, folder: string): LoadedConfig {
  const { app, ...rest } = request.config;
  const { metadata: _metadata, publicKey: _publicKey, ...about } = app;
  // Without an environment, a secret that names a variable is an error.
  return resolveConfig({ ...rest, app: about }, { dir: folder, cwd: folder, env: {} });
}

/** Returns the settings facts of a request, with the type that history has. */
export const settingsOf = ({ settings }: RunRequest): SettingsFacts | undefined => settings;
