/** What a tenant is: one partner, one app, one history. Kept sealed in Redis, given once. */
import { z } from 'zod';
import type { EventBody } from '../../src/history/event.ts';

/** A label of a host name: `acme`. */
export const TENANT_NAME = /^[a-z](?:[a-z0-9]|-(?!-)){0,38}[a-z0-9]$/u;

/** How much of the service one tenant may take. */
const quotas = z.strictObject({
  /** Requests that are being answered at once. */
  inFlight: z.int().min(1).max(10_000).default(50),
  /** Lines of history. */
  events: z.int().min(100).max(1_000_000).default(20_000),
  /** What is kept of it in all, in MiB: history, what it remembers, answers. */
  mebibytes: z.int().min(1).max(100_000).default(256),
  /** Logins, each of which is a token family. */
  families: z.int().min(1).max(100_000).default(1_000),
});

export const definitionSchema = z.strictObject({
  name: z.string().regex(TENANT_NAME),
  app: z.strictObject({
    clientId: z.string().min(1).max(256),
    clientSecret: z.string().min(1).max(1_000).optional(),
    client: z.enum(['public', 'confidential']),
    redirectUris: z.array(z.string().max(2_000)).min(1).max(50),
  }),
  mode: z.enum(['strict', 'salesforce', 'observing']).default('strict'),
  rotation: z.string().max(40).default('salesforce'),
  switches: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])).default({}),
  quotas: quotas.prefault({}),
  /** The first lines of its history, and the scenario that everything belongs to until another is entered. */
  begin: z.array(z.custom<EventBody>((value) => typeof value === 'object' && value !== null)).default([]),
  scenario: z.string().max(80).default('login'),
  /** When its run began: milliseconds of the epoch, by the clock of Redis. */
  createdAt: z.int().default(() => Date.now()),
});

export type DefinitionInput = z.input<typeof definitionSchema>;
export type Definition = z.output<typeof definitionSchema>;
export type Quotas = Definition['quotas'];
