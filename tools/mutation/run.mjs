// `npm run mutants [-- FOLDER…]`: records what the clients of the proof do, unless coverage/recordings is there, then changes grading and
// the checks in one place at a time and counts which changes no test notices. Takes an hour or two; the table is its last output.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const recordings = process.env.PROOF_RECORDINGS ?? `${root}coverage/recordings`;
const suites = readdirSync(`${root}suites`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['proof', 'settings'].includes(entry.name))
  .map(({ name }) => `suites/${name}`);
const asked = process.argv.slice(2);
const folders = asked.length > 0 ? asked : ['src/grade', ...suites];
const node = (args, env = {}) => {
  execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
};

if (!existsSync(recordings)) node(['tools/proof/matrix.ts', '--keep', recordings]);
for (const folder of folders) {
  node(['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', 'tools/mutation/stryker.config.mjs'], {
    PROOF_RECORDINGS: recordings,
    MUTATED_FOLDER: folder,
  });
}

const rows = folders.map((folder) => {
  const report = JSON.parse(readFileSync(`${root}coverage/mutants/${folder.replaceAll('/', '-')}.json`, 'utf8'));
  // What is evaluated once, while a module loads, is over before Stryker can switch a mutant on.
  const mutants = Object.values(report.files)
    .flatMap((file) => file.mutants)
    .filter((mutant) => !(mutant.static === true && mutant.status === 'Survived'));
  const count = (...states) => mutants.filter(({ status }) => states.includes(status)).length;
  return { folder, noticed: count('Killed', 'Timeout'), unnoticed: count('Survived', 'NoCoverage') };
});
const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
for (const { folder, noticed, unnoticed } of [
  ...rows,
  { folder: 'all', noticed: sum('noticed'), unnoticed: sum('unnoticed') },
]) {
  const score = ((100 * noticed) / Math.max(1, noticed + unnoticed)).toFixed(1);
  console.log(`| ${folder} | ${noticed + unnoticed} | ${noticed} | ${score} % |`);
}
