/** A client of the proof: the reference, a broken one, or a correct but unusual one. */
import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import type { Verdict } from '../../../src/grade/check.ts';
import type { Behaviours } from './parts.ts';

/** What the file of a client holds. */
export interface Variant {
  /** What it does wrong (broken) or differently (unusual), one sentence. */
  readonly bug: string;
  /** Configuration `app.client`. Default: `public`. */
  readonly client?: 'public' | 'confidential';
  /** Configuration `app.sharedStore`. */
  readonly sharedStore?: boolean;
  /** Configuration `app.persistence`. */
  readonly persistence?: 'durable' | 'session';
  /** Configuration `app.clientSecret`, when the bug needs special characters. */
  readonly clientSecret?: string;
  /** Configuration `app.redirectUris`, when the bug lies there. */
  readonly redirectUris?: readonly string[];
  /** Configuration `app.leaseMs`. */
  readonly leaseMs?: number;
  /** Configuration `app.egress`; the mock then sees the addresses that connections come from. */
  readonly egress?: readonly string[];
  /** Configuration `driver.previous`: the name of the client that is the earlier version. */
  readonly previous?: string;
  /** Configuration `driver.seeded`. */
  readonly seeded?: boolean;
  /** Configuration `mock.switches`. */
  readonly switches?: Readonly<Record<string, string | boolean | number>>;
  /** Only what differs from the reference. */
  readonly behaviours: Partial<Behaviours>;
  /** Verdicts that differ from the reference client's, by check. */
  readonly expect: Readonly<Record<string, Verdict>>;
}

/** A client of the proof with the name of its file. */
export interface NamedVariant extends Variant {
  readonly name: string;
}

/** Loads a variant by its name; `reference` is the reference client itself.
 * @throws Error when there is none of that name. */
export async function loadVariant(name: string): Promise<NamedVariant> {
  if (name === 'reference') return { name, bug: 'none', behaviours: {}, expect: {} };
  if (/^[a-z0-9-]{1,80}$/.test(name)) {
    for (const folder of ['broken', 'unusual']) {
      const file = new URL(`../${folder}/${name}${extname(import.meta.url)}`, import.meta.url);
      if (!existsSync(file)) continue;
      const { default: variant } = (await import(file.href)) as { readonly default: Variant };
      return { name, ...variant };
    }
  }
  throw new Error(`There is no client named ${JSON.stringify(name)} in suites/proof.`);
}
