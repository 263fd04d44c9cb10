/** Compiles and bundles what is published into dist/: `npm pack` and `npm publish` do it by themselves (script `prepack`). */
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.ts';
import { notices } from './notices.ts';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const schemas = [
  'docs/schema/config.v1.schema.json',
  'docs/schema/report.v1.schema.json',
  'docs/schema/history.v1.schema.json',
  'docs/schema/requirements.v1.schema.json',
];
/** The command, what a program may import, and the clients of `demo`. */
const ENTRIES = [
  'src/cli/main',
  'src/index',
  'src/library/mock',
  'src/library/vitest',
  'src/library/playwright',
  'src/library/testcontainers',
  'suites/proof/client/start',
  'suites/proof/broken/naive',
];
/** Scripts of pages, which are read as they are. */
const SCRIPTS = /^dist\/(?:reports\/html|src\/dashboard)\/browser\//u;

rmSync(path('dist'), { recursive: true, force: true });
execFileSync(process.execPath, [path('node_modules/typescript/bin/tsc'), '-p', path('tsconfig.build.json')], {
  stdio: 'inherit',
});
const bundled = await bundle(path('dist'), ENTRIES);
for (const file of globSync('dist/**/*.js', { cwd: path('.') })) if (!SCRIPTS.test(file)) rmSync(path(file));
for (const { fileName, code } of bundled) {
  mkdirSync(dirname(path(`dist/${fileName}`)), { recursive: true });
  writeFileSync(path(`dist/${fileName}`), code);
}
writeFileSync(path('dist/THIRD-PARTY-NOTICES.txt'), notices(bundled));
for (const schema of schemas) cpSync(path(schema), path(`dist/schema/${basename(schema)}`));

// Of the clients that prove the checks only those of `demo` are published.
for (const file of globSync('dist/suites/proof/{broken,unusual}/*', { cwd: path('.') }))
  if (!file.includes('/naive.')) rmSync(path(file));

// What the compiler leaves behind: files that are read as they are.
cpSync(path('suites/proof/client/main.mjs'), path('dist/suites/proof/client/main.mjs'));
cpSync(path('src/cli/init/templates'), path('dist/src/cli/init/templates'), { recursive: true });
for (const file of globSync('suites/requirements/*.json', { cwd: path('.') })) cpSync(path(file), path(`dist/${file}`));
for (const folder of ['reports', 'src/dashboard', 'src/hosting'])
  for (const file of globSync([`${folder}/**/*.{css,sql}`, `${folder}/fixes/*.md`], { cwd: path('.') }))
    cpSync(path(file), path(`dist/${file}`));
