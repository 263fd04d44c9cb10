/** Defines the event for what the harness's browser saw. */
import { z } from 'zod';
import { count, text, texts, type Infer } from '../schema.ts';

/** Describes one step of the harness's browser in a login. */
export const visitSchema = z.object({
  kind: z.literal('visit'),
  step: z.enum(['opened', 'callback', 'lost', 'page']),
  /** Event number of the `verb-begin` that it belongs to, when known. */
  verb: count.optional(),
  user: text,
  /** URL without query, redacted. */
  url: text,
  /** HTTP status of the page that the callback answered. */
  status: z.number().optional(),
  /** What the harness changed before it delivered the callback: `state-altered`, `state-removed`, `repeated` … */
  tampered: text.optional(),
  /** `error` parameter of the callback. */
  error: text.optional(),
  /** Of a page that answered a callback with markup in it: names of the parameters whose markup is in the page unescaped. */
  markup: texts.optional(),
  /** Of a page in a real browser, after the login and its scripts: its address still holds the authorization response. */
  exposed: z.boolean().optional(),
  detail: text.optional(),
});

/** The content of a `visit` event. */
export type Visit = Infer<typeof visitSchema>;
