/** The `driver` part of the configuration (contract, section 4). Unknown keys are errors. */
import { z } from 'zod';

const command = z.array(z.string()).nonempty().describe('Program and arguments, not read by a shell.');
const env = z.record(z.string(), z.string()).default({}).describe('Variables on top of those of contract section 3.');
const cwd = z.string().default('.').describe('Working folder, relative to the configuration file.');
const path = z.string().startsWith('/');

const request = z.strictObject({
  method: z.string().toUpperCase().default('GET'),
  path: path.describe('Path and query, relative to baseUrl.'),
  headers: z.record(z.string(), z.string()).default({}),
  body: z
    .union([z.string(), z.record(z.string(), z.unknown())])
    .optional()
    .describe('Text as it is; an object is sent as JSON.'),
});

const start = z.strictObject({
  command,
  cwd,
  env,
  ready: path.optional().describe('Path that answers 2xx when the application is up.'),
});

const baseUrl = z.url({ protocol: /^https?$/ });

/** What a configuration may say of the version of the client that is in use today, and of its first secret. */
const seeded = z
  .boolean()
  .optional()
  .describe('true: every process of the client starts from one secret that holds the first refresh token.');
const PREVIOUS = 'The same driver for an earlier version of the client: both versions run side by side on one store.';

const adapter = z.strictObject({ type: z.literal('adapter'), command, env, cwd });

/** A process that speaks JSON lines. */
export const adapterSchema = adapter.extend({
  previous: adapter.omit({ type: true }).optional().describe(PREVIOUS),
  seeded,
});

const commands = z.strictObject({
  type: z.literal('command'),
  authorize: command,
  call: command,
  refresh: command.optional(),
  status: command.optional(),
  disconnect: command.optional(),
  env,
  cwd,
});

/** One process per action. */
export const commandSchema = commands.extend({
  previous: commands.omit({ type: true }).optional().describe(PREVIOUS),
  seeded,
});

const http = z.strictObject({
  type: z.literal('http'),
  baseUrl,
  start: start.optional(),
  authorize: request,
  call: request,
  refresh: request.optional(),
  status: request.optional(),
  disconnect: request.optional(),
  reauthorizeOn: z.array(z.int().min(100).max(599)).default([401]).describe('Statuses that mean "connect again".'),
});

/** A web application, driven by a browser without a screen. */
export const httpSchema = http.extend({ previous: http.omit({ type: true }).optional().describe(PREVIOUS), seeded });

/** Goes to a path, clicks, waits: each part is optional, one at least is there. */
const steps = z.strictObject({
  goto: z.string().optional(),
  click: z.string().optional(),
  waitFor: z.string().optional().describe('What the page shows when it went well.'),
  failsOn: z.string().optional().describe('What the page shows when it failed; of `status`, when it is not connected.'),
  reauthorizeOn: z.string().optional().describe('What the page shows when it asks its user to connect again.'),
});

/** Written so that a function of a Playwright `Page` fits without Playwright being named here. */
type PageFunction = { bivariant(page: unknown): Promise<unknown> }['bivariant'];

/** A function of a TypeScript configuration that gets a Playwright `page`. */
const pageFunction = z.custom<PageFunction>((value) => typeof value === 'function', {
  error: 'Expected steps or a function',
});
const pageAction = z.union([steps, z.array(steps), pageFunction]);

/** A page that needs JavaScript, in a real Chromium. */
export const browserSchema = z.strictObject({
  type: z.literal('browser'),
  baseUrl,
  start: start.optional(),
  authorize: pageAction,
  call: pageAction,
  refresh: pageAction.optional(),
  status: pageAction.optional(),
  disconnect: pageAction.optional(),
  tabs: z.int().min(1).max(16).default(1).describe('Tabs on the same storage.'),
});

/** A person. */
export const manualSchema = z.strictObject({ type: z.literal('manual') });

/** Any driver; `type` says which. */
export const driverSchema = z.discriminatedUnion('type', [
  adapterSchema,
  commandSchema,
  httpSchema,
  browserSchema,
  manualSchema,
]);

export type AdapterConfig = z.infer<typeof adapterSchema>;
export type CommandConfig = z.infer<typeof commandSchema>;
export type HttpConfig = z.infer<typeof httpSchema>;
export type BrowserConfig = z.infer<typeof browserSchema>;
export type ManualConfig = z.infer<typeof manualSchema>;
export type DriverConfig = z.infer<typeof driverSchema>;
export type StartConfig = z.infer<typeof start>;
export type RequestConfig = z.infer<typeof request>;
export type BrowserStep = z.infer<typeof steps>;
export type PageAction = z.infer<typeof pageAction>;

/** Where relative paths of the configuration begin. */
export interface DriverPlace {
  readonly configDir: string;
  /** Names of variables that hold secrets of the harness: the client does not inherit them. */
  readonly withheld?: readonly string[] | undefined;
}
