/** What is stored of one organisation, as the store returns it and the API shows it. */
import { z } from 'zod';
import { failureSchema } from '../link/peer.ts';

/** What a token allows. `service`: everything of the service itself. */
export const SCOPES = ['read', 'run', 'manage', 'service'] as const;
/** Permission of a token. */
export type Scope = (typeof SCOPES)[number];

const most = (what: string, limit: number) => z.int().positive().default(limit).describe(what);

/** Describes what an organisation may use at once or keep. */
export const limitsSchema = z.strictObject({
  runs: most('Runs and live sessions at once.', 10),
  requestsPerMinute: most('Requests to the API a minute.', 1_200),
  events: most('Events of one run.', 500_000),
  bytes: most('Bytes of the history of one run.', 500_000_000),
  inFlight: most('Requests to its mocks that are answered at the same time.', 500),
  webhooks: most('Webhooks.', 10),
});
/** Limits of an organisation, with defaults filled in. */
export type Limits = Readonly<z.infer<typeof limitsSchema>>;

/** Describes an organisation. */
export const organisationSchema = z.object({
  id: z.string(),
  name: z.string(),
  limits: limitsSchema,
  retentionDays: z.int(),
});

/** Describes a run; `waiting`: created, its scenarios have not begun; `ended`: it has a report or an error. */
export const runSchema = z.object({
  id: z.string(),
  app: z.string().nullable(),
  kind: z.enum(['run', 'live']),
  appName: z.string(),
  state: z.enum(['waiting', 'running', 'ended']),
  verdict: z.string().nullable(),
  summary: z.string().nullable(),
  error: failureSchema.nullable(),
  publishedAs: z.string().nullable(),
  createdAt: z.date(),
  endedAt: z.date().nullable(),
  continues: z.string().nullable().describe('The run whose finished scenarios this one keeps.'),
});
/** A run or live session of an organisation. */
export type RunView = Readonly<z.infer<typeof runSchema>>;

/** Describes an app. */
export const appSchema = z.object({
  id: z.string(),
  name: z.string(),
  settings: z.record(z.string(), z.unknown()).readonly().describe('The `app` section of a configuration, complete.'),
  createdAt: z.date(),
});
/** An app of an organisation. */
export type AppView = Readonly<z.infer<typeof appSchema>>;

/** Describes an API token, without its secret. */
export const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)).readonly(),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
});

/** Describes a share link, without its secret. */
export const shareLinkSchema = tokenSchema
  .pick({ id: true, createdAt: true, revokedAt: true })
  .extend({ expiresAt: z.date() });
/** A link that shows one report without sign-in, without its secret. */
export type ShareLinkView = Readonly<z.infer<typeof shareLinkSchema>>;

/** Describes who may sign in by OpenID Connect, and what for. */
export const signInRuleSchema = z.object({
  id: z.string(),
  kind: z.enum(['subject', 'email', 'domain']).describe('Domain: of a verified e-mail address.'),
  value: z.string().trim().min(1).max(300),
  scopes: z
    .array(z.enum(SCOPES).exclude(['service']))
    .min(1)
    .readonly(),
  createdAt: z.date(),
});
/** A sign-in rule. */
export type SignInRule = Readonly<z.infer<typeof signInRuleSchema>>;

/** Describes a webhook, without its secret. */
export const webhookSchema = z.object({ id: z.string(), url: z.string(), createdAt: z.date() });

/** Describes the delivery of a run to a webhook. */
export const deliverySchema = z.object({
  id: z.string().describe('`webhook-id` of the request.'),
  run: z.string(),
  state: z.enum(['waiting', 'delivered', 'failed']),
  attempts: z.int(),
  answer: z.string().nullable().describe('Status of the last answer, or why there was none.'),
  createdAt: z.date(),
});
/** The delivery of a run to a webhook. */
export type DeliveryView = Readonly<z.infer<typeof deliverySchema>>;

/** Describes an entry of the audit log. */
export const auditSchema = z.object({
  number: z.int(),
  at: z.date(),
  actor: z.string().describe('Id of the token.'),
  action: z.string(),
  subject: z.string(),
});
