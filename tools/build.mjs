// Compiles what is published into dist/: `npm pack` and `npm publish` do it by themselves (script `prepack`).
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const schemas = [
  'docs/schema/config.v1.schema.json',
  'docs/schema/report.v1.schema.json',
  'docs/schema/history.v1.schema.json',
  'docs/schema/requirements.v1.schema.json',
];

rmSync(path('dist'), { recursive: true, force: true });
execFileSync(process.execPath, [path('node_modules/typescript/bin/tsc'), '-p', path('tsconfig.build.json')], {
  stdio: 'inherit',
});
for (const schema of schemas) cpSync(path(schema), path(`dist/schema/${schema.split('/').at(-1)}`));

// Of the clients that prove the checks only those of `demo` are published.
for (const file of globSync('dist/suites/proof/{broken,unusual}/*', { cwd: path('.') }))
  if (!/\/naive\./.test(file)) rmSync(path(file));

// What the compiler leaves behind: files that are read as they are.
cpSync(path('suites/proof/client/main.mjs'), path('dist/suites/proof/client/main.mjs'));
cpSync(path('src/cli/init/templates'), path('dist/src/cli/init/templates'), { recursive: true });
for (const file of globSync('suites/requirements/*.json', { cwd: path('.') })) cpSync(path(file), path(`dist/${file}`));
for (const folder of ['reports', 'src/dashboard', 'src/hosting'])
  for (const file of globSync([`${folder}/**/*.css`, `${folder}/fixes/*.md`], { cwd: path('.') }))
    cpSync(path(file), path(`dist/${file}`));
