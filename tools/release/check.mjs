// The release checklist, done by the machine: `npm run release:check [step …]`. Every step is done, whatever became of the
// one before. Exit 0 only when all are in order.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name) => readFileSync(root + name, 'utf8');
const manifest = JSON.parse(read('package.json'));

/** Runs a command; what it says is shown when it fails. */
function run(command, ...args) {
  try {
    return execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: 'pipe', maxBuffer: 64e6 });
  } catch (error) {
    const said = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim().split('\n').slice(-15).join('\n');
    throw new Error(`${[command, ...args].join(' ')} ended with ${error.status ?? error.code}\n${said}`, {
      cause: error,
    });
  }
}

function demand(right, complaint) {
  if (!right) throw new Error(complaint);
}

/** What may be in the package, and what must be. */
const ALLOWED = /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|SECURITY\.md|bin\/[\w.-]+|dist\/.+|docs\/cli\.md)$/;
const FORBIDDEN = /\.test\.|\.test-support\.|\/fixtures\/|\.env|\.pem$|\.tgz$|history\.jsonl/;
const NEEDED = [
  'LICENSE',
  'README.md',
  'bin/sf-conformance.mjs',
  'dist/src/index.js',
  'dist/src/index.d.ts',
  'dist/THIRD-PARTY-NOTICES.txt',
  'dist/src/cli/init/templates/adapter.py',
  'dist/suites/requirements/sf-partner-2026-05.json',
  'dist/reports/html/browser/main.js',
  'dist/reports/html/style/print.css',
  'dist/src/dashboard/live.css',
  'dist/reports/fixes/share-one-refresh.md',
];
const MOST_BYTES = 8e6;

/** In the order in which a person would do them. */
const STEPS = {
  version() {
    const [, top] = /^## \[(.+?)\]/m.exec(read('CHANGELOG.md')) ?? [];
    demand(top === manifest.version, `package.json says ${manifest.version}, CHANGELOG.md begins with ${top}.`);
    const lock = JSON.parse(read('package-lock.json'));
    demand(lock.version === manifest.version, `package-lock.json says ${lock.version}.`);
  },
  repository() {
    const { type, url } = manifest.repository ?? {};
    demand(
      typeof url === 'string' && url !== '',
      'package.json names no repository. To be filled in before publishing, with the address of the repository whose workflow\n' +
        'publishes the package: "repository": { "type": "git", "url": "git+https://HOST/OWNER/NAME.git" }. npm attests where a package\n' +
        'was built (provenance) only when that is the address which package.json names.',
    );
    const [, place] = /^git\+(https:\/\/[^\s/]+\/\S+?)(?:\.git)?$/.exec(url) ?? [];
    demand(type === 'git' && place !== undefined, `"${url}" is no git+https://HOST/OWNER/NAME.git of type git.`);
    const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env;
    const here = `${server}/${name}`;
    demand(!server || !name || place === here, `package.json names ${place}, and this is a workflow of ${here}.`);
  },
  clean() {
    const changed = run('git', 'status', '--porcelain').trim();
    demand(changed === '', `Not committed:\n${changed}`);
  },
  contents() {
    // Without scripts npm says nothing but the list; it is built before.
    run('npm', 'run', '--silent', 'build');
    const [{ files, unpackedSize }] = JSON.parse(run('npm', 'pack', '--dry-run', '--json', '--ignore-scripts'));
    const paths = files.map(({ path }) => path);
    const wrong = paths.filter((path) => !ALLOWED.test(path) || FORBIDDEN.test(path));
    demand(wrong.length === 0, `These do not belong into the package: ${wrong.slice(0, 20).join(', ')}`);
    const missing = NEEDED.filter((path) => !paths.includes(path));
    demand(missing.length === 0, `The package lacks ${missing.join(', ')}`);
    demand(unpackedSize < MOST_BYTES, `The package has ${unpackedSize} bytes; at most ${MOST_BYTES}.`);
  },
  audit() {
    // Whatever is installed with the package.
    try {
      run('npm', 'audit', '--omit=dev', '--audit-level=low');
    } catch (error) {
      const silent = /audit endpoint returned an error|ENOAUDIT|E(?:404|405|501)|\b(?:404|405|501)\b/.test(
        error.message,
      );
      demand(
        !silent,
        'The registry does not answer what is known of packages, so it is not known here, and that is no yes.\n' +
          'Ask where it is answered: `npm audit --omit=dev` with a registry that does, or this step in the release workflow.\n' +
          error.message.split('\n').slice(0, 4).join('\n'),
      );
      throw error;
    }
    run('npm', 'audit', 'signatures');
  },
  docs() {
    // The tests that `npm run docs` writes with, without writing.
    const tests = manifest.scripts.docs.split(' ').filter((word) => word.includes('/'));
    run('npx', '--no', 'vitest', 'run', ...tests);
  },
  licences() {
    run('npx', '--no', 'vitest', 'run', 'tools/papers', '-t', 'licences');
  },
  check() {
    run('npm', 'run', '--silent', 'check');
  },
  test() {
    run('npm', 'test');
  },
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !Object.hasOwn(STEPS, name));
if (unknown.length > 0) {
  console.error(`There is no step ${unknown.join(', ')}. There are: ${Object.keys(STEPS).join(', ')}.`);
  process.exit(2);
}
for (const [name, step] of Object.entries(STEPS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  try {
    step();
    console.log(`ok    ${name}`);
  } catch (error) {
    process.exitCode = 1;
    console.log(`WRONG ${name}\n      ${error.message.replaceAll('\n', '\n      ')}`);
  }
}
