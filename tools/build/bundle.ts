/** Makes few files of the compiled modules and of the packages that a start needs: what is loaded from one file starts several times as fast. */
import { rolldown, type OutputChunk } from 'rolldown';
import { builtins } from './builtins.ts';
import { modulesIn } from './modules-in.ts';

/** What a command loads late or rarely, or brings files of its own, stays a dependency that is loaded from where npm put it. */
const APART =
  /^(?:@clack\/prompts|@electric-sql\/pglite|@peculiar\/x509|@playwright\/test|@sparticuz\/chromium|got|jiti|kysely|openid-client|pg|reflect-metadata|request-filtering-agent|saxes|standardwebhooks|testcontainers|tough-cookie|undici|vitest|yaml|yauzl)(?:\/|$)/u;

/** Returns the files of the bundle of the compiled modules below `root`; `entries` are paths there, without extension. */
export async function bundle(root: string, entries: readonly string[]): Promise<readonly OutputChunk[]> {
  const build = await rolldown({
    input: Object.fromEntries(entries.map((entry) => [entry, `${root}/${entry}.js`])),
    platform: 'node',
    external: APART,
    plugins: [builtins, modulesIn(root)],
    checks: { eval: false },
  });
  const { output } = await build.generate({
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'parts/[name]-[hash].js',
    codeSplitting: { groups: [{ name: 'node', test: /^\0builtin:/u }] },
  });
  await build.close();
  return output.filter((file) => file.type === 'chunk');
}
