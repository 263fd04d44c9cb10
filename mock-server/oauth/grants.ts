/** Loads all grants: every file of `grants/`. */
import { readdir } from 'node:fs/promises';
import type { Grant } from './grant.ts';

const FOLDER = new URL('./grants/', import.meta.url);

async function load(): Promise<ReadonlyMap<string, Grant>> {
  const files = (await readdir(FOLDER)).filter((file) => /^[a-z0-9-]+\.[tj]s$/.test(file)).sort();
  const grants = new Map<string, Grant>();
  const loaded = files.map(async (file) => {
    const { default: grant } = (await import(new URL(file, FOLDER).href)) as { readonly default?: Grant };
    return { file, grant };
  });
  for (const { file, grant } of await Promise.all(loaded)) {
    if (grant === undefined) throw new Error(`${file} exports no grant`);
    for (const name of grant.names) {
      if (grants.has(name)) throw new Error(`${file} exports the grant "${name}", which another file exports already`);
      grants.set(name, grant);
    }
  }
  return grants;
}

/** The grants by every value of `grant_type` that selects them, loaded once. */
export const GRANTS: ReadonlyMap<string, Grant> = await load();
