/** Defines the events for where the client stores its tokens, never the tokens themselves. */
import { z } from 'zod';
import { count, text, texts, type Infer } from '../schema.ts';

const storageEntry = z.object({
  area: z.enum(['local-storage', 'session-storage', 'indexed-db', 'cookie']),
  /** Redacted, cut at 128 characters. */
  name: text,
  /** Origin of the storage; of a cookie its domain. */
  origin: text,
  /** Labels of the tokens and other secrets in it. */
  holds: texts,
  /** Attributes of a cookie (RFC 6265 §5.3). */
  httpOnly: z.boolean().optional(),
  secure: z.boolean().optional(),
  sameSite: z.enum(['Strict', 'Lax', 'None']).optional(),
});

/** Schema of where a client in a browser stores its tokens, read when its session ends. No entries: nowhere. */
export const storageSchema = z.object({
  kind: z.literal('storage'),
  user: text,
  /** At most 200. */
  entries: z.array(storageEntry).readonly(),
});

const stateFile = z.object({
  /** Path inside the folder, redacted, cut at 128 characters. */
  name: text,
  bytes: count,
  /** Permission bits in octal digits: `600`. Absent where the system has none. */
  mode: text.optional(),
  /** Its own bits and those of the folders above it allow any user of the machine to read it, apart from the state folder's own. */
  exposed: z.boolean(),
  /** Labels of the secrets that it contains in plain text. */
  holds: texts,
});

/** Describes what a client has stored in `SF_STATE_DIR`, read when its session has ended and before the folder is removed. */
export const stateSchema = z.object({
  kind: z.literal('state'),
  user: text,
  /** At most 200. */
  files: z.array(stateFile).readonly(),
});

/** An entry of a page's storage that holds a known secret; its name, never its value. */
export type StorageEntry = Infer<typeof storageEntry>;
/** The content of a `storage` event. */
export type StorageLook = Infer<typeof storageSchema>;
/** A file in the client's state folder. */
export type StateFile = Infer<typeof stateFile>;
/** The content of a `state` event. */
export type StateLook = Infer<typeof stateSchema>;
