/** Where the client keeps its tokens: never what. */

/** An entry of a page's storage that holds a known secret; its name and never its value. */
export interface StorageEntry {
  readonly area: 'local-storage' | 'session-storage' | 'indexed-db' | 'cookie';
  /** Redacted, cut at 128 characters. */
  readonly name: string;
  /** Origin of the storage; of a cookie its domain. */
  readonly origin: string;
  /** Labels of the tokens and other secrets that stand in it. */
  readonly holds: readonly string[];
  /** Attributes of a cookie (RFC 6265 §5.3). */
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
  readonly sameSite?: 'Strict' | 'Lax' | 'None';
}

/** Where a client that lives in a browser keeps its tokens; looked at when its session ends. No entries: none held any. */
export interface StorageLook {
  readonly kind: 'storage';
  readonly user: string;
  /** At most 200. */
  readonly entries: readonly StorageEntry[];
}

/** A file in the client's state folder. */
export interface StateFile {
  /** Path inside the folder, redacted, cut at 128 characters. */
  readonly name: string;
  readonly bytes: number;
  /** Permission bits in octal digits: `600`. Absent where the system has none. */
  readonly mode?: string;
  /** Any user of the machine could read it, were the folder itself not closed: its own bits and those of the folders in between allow it. */
  readonly exposed: boolean;
  /** Labels of the secrets that stand in it as they are. */
  readonly holds: readonly string[];
}

/** What a client has stored in `SF_STATE_DIR`; looked at when its session has ended, before the folder is removed. Never contents. */
export interface StateLook {
  readonly kind: 'state';
  readonly user: string;
  /** At most 200. */
  readonly files: readonly StateFile[];
}
