/** Validates the `driver` part of the configuration. Unknown keys are errors. */
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

/** Schema of the earlier version of the client and of its first secret. */
const seeded = z
  .boolean()
  .optional()
  .describe('true: every process of the client starts from one secret that holds the first refresh token.');
const PREVIOUS = 'The same driver for an earlier version of the client: both versions run side by side on one store.';

const adapter = z.strictObject({ type: z.literal('adapter'), command, env, cwd });

/** Schema of the adapter driver: a process that speaks JSON lines. */
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

/** Schema of the command driver: one process for each action. */
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

/** Schema of the http driver: a web application, driven by a browser without a screen. */
export const httpSchema = http.extend({ previous: http.omit({ type: true }).optional().describe(PREVIOUS), seeded });

/** Navigates, clicks, waits: each part is optional, at least one is required. */
const steps = z.strictObject({
  goto: z.string().optional(),
  click: z.string().optional(),
  waitFor: z.string().optional().describe('What the page shows when it went well.'),
  failsOn: z.string().optional().describe('What the page shows when it failed; of `status`, when it is not connected.'),
  reauthorizeOn: z.string().optional().describe('What the page shows when it asks its user to connect again.'),
});

/** A function of a Playwright `Page`, typed without importing Playwright. */
type PageFunction = { bivariant(page: unknown): Promise<unknown> }['bivariant'];

/** A function of a TypeScript configuration that receives a Playwright `page`. */
const pageFunction = z.custom<PageFunction>((value) => typeof value === 'function', {
  error: 'Expected steps or a function',
});
const pageAction = z.union([steps, z.array(steps), pageFunction]);

/** Schema of the browser driver: a page that needs JavaScript, in a real Chromium. */
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

/** Schema of the manual driver: a person operates the client. */
export const manualSchema = z.strictObject({ type: z.literal('manual') });

/** Schema of any driver, selected by `type`. */
export const driverSchema = z.discriminatedUnion('type', [
  adapterSchema,
  commandSchema,
  httpSchema,
  browserSchema,
  manualSchema,
]);

/** Configuration of the adapter driver, after validation. */
export type AdapterConfig = z.infer<typeof adapterSchema>;
/** Configuration of the command driver, after validation. */
export type CommandConfig = z.infer<typeof commandSchema>;
/** Configuration of the http driver, after validation. */
export type HttpConfig = z.infer<typeof httpSchema>;
/** Configuration of the browser driver, after validation. */
export type BrowserConfig = z.infer<typeof browserSchema>;
/** Configuration of the manual driver, after validation. */
export type ManualConfig = z.infer<typeof manualSchema>;
/** The `driver` part of the configuration, after validation. */
export type DriverConfig = z.infer<typeof driverSchema>;
/** How the harness starts a web application, and how it knows that the application is ready. */
export type StartConfig = z.infer<typeof start>;
/** A request of the configuration that the http driver sends for an action. */
export type RequestConfig = z.infer<typeof request>;
/** One step of a `PageAction`: go to a path, click, wait. */
export type BrowserStep = z.infer<typeof steps>;
/** How the browser driver performs an action: steps, or a function of the page. */
export type PageAction = z.infer<typeof pageAction>;

/** The base of relative paths in the configuration. */
export interface DriverPlace {
  readonly configDir: string;
  /** Names of variables that hold secrets of the harness, which the client does not inherit. */
  readonly withheld?: readonly string[] | undefined;
}
