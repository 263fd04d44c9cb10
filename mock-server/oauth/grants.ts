/** Loads all grants: every file of `grants/`. */
import { modulesIn } from '../../src/modules-in.ts';
import type { Grant } from './grant.ts';

async function load(): Promise<ReadonlyMap<string, Grant>> {
  const grants = new Map<string, Grant>();
  for (const { name: file, module } of await modulesIn(import.meta.dirname, 'grants/*.ts')) {
    const { default: grant } = module as { readonly default?: Grant };
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
