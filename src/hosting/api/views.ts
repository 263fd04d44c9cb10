/** How the API shows what the store holds. */
import { z } from 'zod';
import type { AppView, AuditEntry, RunView, ShareLinkView, TokenView } from '../store/organisation.ts';
import type { Page } from '../store/page.ts';
import { SCOPES } from '../store/store.ts';

const instant = z.iso.datetime();

/** Describes a run as the API returns it. */
export const runSchema = z.object({
  id: z.string(),
  app: z.string().nullable(),
  kind: z.enum(['run', 'live']),
  appName: z.string(),
  state: z.enum(['waiting', 'running', 'ended']),
  verdict: z.string().nullable(),
  summary: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string(), exit: z.int() }).nullable(),
  publishedAs: z.string().nullable(),
  createdAt: instant,
  endedAt: instant.nullable(),
  continues: z.string().nullable().describe('The run whose finished scenarios this one keeps.'),
});

/** Describes an app as the API returns it. */
export const appSchema = z.object({
  id: z.string(),
  name: z.string(),
  settings: z.record(z.string(), z.unknown()),
  createdAt: instant,
});

/** Describes an API token, without its secret. */
export const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: instant,
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
});

/** Describes a share link, without its secret. */
export const shareLinkSchema = z.object({
  id: z.string(),
  createdAt: instant,
  expiresAt: instant,
  revokedAt: instant.nullable(),
});

/** Describes an entry of the audit log. */
export const auditSchema = z.object({
  number: z.int(),
  at: instant,
  actor: z.string().describe('Id of the token.'),
  action: z.string(),
  subject: z.string(),
});

/** Describes a list, newest first, and where the next page begins. */
export const pageSchema = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().optional().describe('`after` of the next page.') });

/** The query of a list. */
export const pageQuery = z.object({
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

type View = AppView | AuditEntry | RunView | ShareLinkView | TokenView;

/** Returns a page as it is sent. */
export const shownPage = <T extends View>({ items, next }: Page<T>): object => ({
  items,
  ...(next === undefined ? {} : { next }),
});
