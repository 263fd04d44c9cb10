/** The step of the action that comments on a pull request, run as GitHub runs it, with a `gh` that writes down what it is asked. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { runs } = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as {
  readonly runs: { readonly steps: readonly { readonly name?: string; readonly run?: string }[] };
};
const script = runs.steps.find(({ name }) => name === 'Comment on the pull request')?.run ?? '';

/** Answers as GitHub does for a repository whose base branch has a run ($RUN), and whose pull request has comments of ours ($MINE is the first). */
const GH = `#!/usr/bin/env bash
set -eu
printf '%s\\n' "$*" >> "$LOG"
case "$1 $2" in
  'run list') if [ -n "$RUN" ]; then echo "$RUN"; fi ;;
  'run download') if [ -z "$BASE_REPORT" ]; then exit 1; fi; dir="\${@: -1}"; mkdir -p "$dir/latest"; cp "$BASE_REPORT" "$dir/latest/report.json" ;;
  'api --paginate') if [ -n "$MINE" ]; then echo "$MINE"; seq 100 99999; fi ;;
  'api --silent') field="\${@: -1}"; cp "\${field#body=@}" "$BODY" ;;
esac
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sf-conformance-comment-'));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'gh'), GH);
  chmodSync(join(folder, 'bin', 'gh'), 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sample = (name: string): string => join(root, 'reports/sample', name);

/** Runs the step after a run of the failing client; returns what `gh` was asked, and the comment. */
function comment(github: { readonly run?: string; readonly baseReport?: string; readonly mine?: string }) {
  const file = (name: string): string => join(folder, name);
  execFileSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script], {
    cwd: folder,
    stdio: 'pipe',
    env: {
      PATH: `${file('bin')}:${process.env['PATH'] ?? ''}`,
      ...{ NODE: process.execPath, GITHUB_ACTION_PATH: root, RUNNER_TEMP: folder, GH_TOKEN: 'none' },
      ...{ GITHUB_REPOSITORY: 'acme/sync', GITHUB_WORKFLOW: 'conformance', GITHUB_RUN_ID: '7' },
      ...{ GITHUB_SERVER_URL: 'https://github.example', BASE: 'main', NUMBER: '12', ARTIFACT: 'conformance' },
      ...{ RUN_DIR: sample('failing'), LOG: file('log'), BODY: file('body') },
      ...{ RUN: github.run ?? '', BASE_REPORT: github.baseReport ?? '', MINE: github.mine ?? '' },
    },
  });
  return { asked: readFileSync(file('log'), 'utf8').trim().split('\n'), body: readFileSync(file('body'), 'utf8') };
}

test('compares with the newest run of the base branch, and replaces the comment of an earlier run', () => {
  const baseReport = join(sample('compliant'), 'report.json');
  const { asked, body } = comment({ run: '42', baseReport, mine: '5' });
  expect(asked[0]).toMatch(/^run list --repo acme\/sync --workflow conformance --branch main --event push /);
  expect(asked[1]).toBe(`run download 42 --repo acme/sync --name conformance --dir ${folder}/sf-conformance-base`);
  expect(asked[2]).toMatch(/^api --paginate repos\/acme\/sync\/issues\/12\/comments /);
  expect(asked[3]).toBe(`api --silent --method PATCH repos/acme/sync/issues/comments/5 -F body=@${folder}/comment.md`);
  expect(body).toMatch(/^<!-- sf-conformance -->\n### ✕ Naive client: not compliant\n/);
  expect(body).toContain('**Broke against main**');
  expect(body).toContain('](https://github.example/acme/sync/actions/runs/7)');
});

test.each([{}, { run: '42' }])(
  'adds a comment where there is none, without a report of the base branch (%j)',
  (github) => {
    const { asked, body } = comment(github);
    expect(asked.at(-1)).toBe(
      `api --silent --method POST repos/acme/sync/issues/12/comments -F body=@${folder}/comment.md`,
    );
    expect(body).toContain('There is no report of main to compare with.');
  },
);
