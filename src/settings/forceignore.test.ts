import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { effortMs } from '../../test-kit/effort.ts';
import { projectFolder } from './fixtures/project-folder.ts';
import { ignoreMatcher } from './forceignore.ts';

const PATTERNS = [
  '# comment',
  '',
  '*.dup',
  '/force-app/top.xml',
  'templates/',
  'backup/**',
  '**/old',
  'a/**/z',
  'force-app/*/skip',
  '!force-app/main/skip',
  '*.ecaGlblOauth-meta.xml',
  '!keep/*.ecaGlblOauth-meta.xml',
  'file?.xml',
  'set[0-9].xml',
  'not[!a-c].xml',
  '\\#hash',
  '\\!bang',
  'space\\ ',
  'trailing   ',
  'exact/path/',
  'bracket[.xml',
  'star**mid',
];
const PATHS = [
  'x.dup',
  'a/b/x.dup',
  'force-app/top.xml',
  'x/force-app/top.xml',
  'templates/a.xml',
  'x/templates/a.xml',
  'templates',
  'backup/a/b.xml',
  'backup',
  'x/backup/a.xml',
  'old/a.xml',
  'x/y/old/a.xml',
  'a/z',
  'a/b/c/z',
  'a/b/c/z/d.xml',
  'force-app/other/skip/a.xml',
  'force-app/main/skip/a.xml',
  'force-app/a/b/skip/a.xml',
  'A.ecaGlblOauth-meta.xml',
  'keep/A.ecaGlblOauth-meta.xml',
  'keep/b/A.ecaGlblOauth-meta.xml',
  'file1.xml',
  'file12.xml',
  'set5.xml',
  'setx.xml',
  'nota.xml',
  'notd.xml',
  '#hash',
  '!bang',
  'space ',
  'trailing',
  'exact/path/x',
  'x/exact/path/x',
  'bracket[.xml',
  'starXYmid',
  'star/mid',
];

it('ignores what git ignores by the same lines', async () => {
  const folder = await projectFolder();
  folder.git('init', '-q');
  await writeFile(join(folder.root, '.gitignore'), PATTERNS.join('\n'));
  const isIgnored = ignoreMatcher(PATTERNS.join('\r\n'));
  const byGit = execFileSync('sh', ['-c', 'git check-ignore --no-index -z --stdin || true'], {
    cwd: folder.root,
    input: PATHS.join('\0'),
    encoding: 'utf8',
  }).split('\0');
  expect(PATHS.filter((path) => isIgnored(path))).toEqual(PATHS.filter((path) => byGit.includes(path)));
  await folder.remove();
});

it('takes no longer for hostile patterns', async () => {
  const isIgnored = ignoreMatcher(`${'*a'.repeat(200)}b\n${'**/'.repeat(200)}x\n`);
  expect(await effortMs(() => isIgnored(`${'a/'.repeat(300)}${'a'.repeat(400)}`))).toBeLessThan(3_000);
});
