/** The clients of `suites/proof/`, found by their files. */
import { readdir } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { loadVariant, type NamedVariant } from '../../suites/proof/client/variant.ts';

export interface ProofClient {
  readonly kind: 'reference' | 'broken' | 'unusual';
  readonly variant: NamedVariant;
}

/** All of them: the reference first, then the broken ones, then the unusual ones, each by name. */
export async function proofClients(): Promise<readonly ProofClient[]> {
  const found = await Promise.all((['broken', 'unusual'] as const).map(inFolder));
  return [{ kind: 'reference', variant: await loadVariant('reference') }, ...found.flat()];
}

async function inFolder(kind: 'broken' | 'unusual'): Promise<readonly ProofClient[]> {
  const files = await readdir(new URL(`../../suites/proof/${kind}/`, import.meta.url));
  const names = files
    .filter((file) => /^[a-z0-9-]+\.[jt]s$/u.test(file))
    .map((file) => basename(file, extname(file)))
    .sort();
  return Promise.all(names.map(async (name) => ({ kind, variant: await loadVariant(name) })));
}

/** The suite whose check a broken client fails first; the reference and the unusual ones are `clean`. */
export function suiteOf({ variant }: ProofClient, suites: ReadonlyMap<string, string>): string {
  const [first] = Object.keys(variant.expect);
  return (first === undefined ? undefined : suites.get(first)) ?? 'clean';
}
