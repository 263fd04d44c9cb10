/** The recipes for CI: they are read as their systems read them, and say only what the command line knows. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { FORMAT_NAMES } from '../../src/config/formats.ts';
import { commandLines, understood } from './command-lines.test-support.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const recipes = readdirSync(join(root, 'docs/ci')).map((name) => `docs/ci/${name}`);
const workflows = readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`);

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly shell?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const action = parse(read('action.yml')) as Action;
const step = (id: string): Step => {
  const found = action.runs.steps.find((one) => one.id === id || one.name === id);
  if (found === undefined) throw new Error(`no step ${id}`);
  return found;
};

describe('recipes', () => {
  test.each(recipes)('%s has only commands and flags that there are', async (name) => {
    const lines = commandLines(read(name));
    if (!name.endsWith('github-action.yml')) expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) await understood(line.map((word) => (word === '$SHARD' ? '1/3' : word)));
  });

  test('a wrong flag would be found', async () => {
    const [line = []] = commandLines('      - run: npx --yes sf-conformance run --fail-at must | tee log');
    await expect(understood(line)).rejects.toThrow('--fail-at');
    await expect(understood(['run', '--format', 'pdf'])).rejects.toThrow('pdf');
  });

  test.each(['github.yml', 'github-shards.yml', 'github-action.yml'])('%s is a workflow', (name) => {
    const workflow = parse(read(`docs/ci/${name}`)) as {
      readonly jobs: Record<string, { readonly steps: readonly Step[] }>;
    };
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
    for (const { uses, run } of steps) expect([uses, run].filter((one) => one !== undefined)).toHaveLength(1);
    expect(
      steps.some(
        ({ uses, run }) => uses?.includes('sf-conformance') === true || run?.includes('sf-conformance') === true,
      ),
    ).toBe(true);
  });

  test('the workflow with the action gives it only inputs that it has', () => {
    const workflow = parse(read('docs/ci/github-action.yml')) as {
      readonly jobs: { readonly conformance: { readonly steps: readonly Step[] } };
    };
    const used = workflow.jobs.conformance.steps.find(({ uses }) => uses?.includes('sf-conformance'));
    for (const name of Object.keys(used?.with ?? {})) expect(Object.keys(action.inputs)).toContain(name);
  });

  test('the job of GitLab hands over the JUnit file that it copies', () => {
    const { conformance } = parse(read('docs/ci/gitlab-ci.yml')) as {
      readonly conformance: {
        readonly after_script: readonly string[];
        readonly artifacts: { readonly reports: { readonly junit: string } };
      };
    };
    expect(conformance.after_script.join('\n')).toContain(`latest/junit.xml ${conformance.artifacts.reports.junit}`);
  });

  test('Azure Pipelines, CircleCI and Bitbucket read their files, keep the reports and publish JUnit', () => {
    const azure = parse(read('docs/ci/azure-pipelines.yml')) as {
      readonly steps: readonly { readonly task?: string; readonly inputs?: Readonly<Record<string, string>> }[];
    };
    const published = azure.steps.find(({ task }) => task?.startsWith('PublishTestResults'));
    expect(published?.inputs?.['testResultsFiles']).toBe('conformance-reports/latest/junit.xml');
    const circle = parse(read('docs/ci/circleci.yml')) as {
      readonly jobs: {
        readonly conformance: { readonly steps: readonly Record<string, { readonly path?: string }>[] };
      };
    };
    const stored = circle.jobs.conformance.steps
      .flatMap((one) => Object.entries(one))
      .map(([name, value]) => [name, value.path]);
    expect(stored).toContainEqual(['store_artifacts', 'conformance-reports']);
    expect(stored).toContainEqual(['store_test_results', 'test-results']);
    const bitbucket = parse(read('docs/ci/bitbucket-pipelines.yml')) as {
      readonly pipelines: { readonly default: readonly [{ readonly step: { readonly artifacts: readonly string[] } }] };
    };
    expect(bitbucket.pipelines.default[0].step.artifacts).toContain('conformance-reports/**');
    expect(read('docs/ci/bitbucket-pipelines.yml')).toContain('test-results/');
  });

  test('the Jenkinsfile closes what it opens', () => {
    const text = read('docs/ci/Jenkinsfile')
      .replaceAll(/\/\/.*$/gmu, '')
      .replaceAll(/'[^'\n]*'|"[^"\n]*"/gu, '');
    for (const [open = '', close = ''] of ['{}', '()']) expect(text.split(open)).toHaveLength(text.split(close).length);
    expect(text).not.toMatch(/['"]/u);
  });

  test('the page links to files that are there', () => {
    for (const [, link = ''] of read('docs/ci/README.md').matchAll(/\]\(([^):]+)\)/gu)) {
      expect(existsSync(join(root, 'docs/ci', link)), link).toBe(true);
    }
  });
});

describe('action.yml', () => {
  test('every input is used, and every input and step that is used is there', () => {
    const text = read('action.yml');
    expect(action.runs.using).toBe('composite');
    const used = [...text.matchAll(/inputs\.([a-z-]+)/gu)].map(([, name]) => name);
    expect(new Set(used)).toEqual(new Set(Object.keys(action.inputs)));
    for (const [, id = ''] of text.matchAll(/steps\.([a-z-]+)\./gu)) expect(step(id)).toBeDefined();
    for (const [, name = ''] of text.matchAll(/steps\.run\.outputs\.([a-z-]+)/gu))
      expect(`${step('run').run ?? ''}${read('action/outputs.mjs')}`).toContain(`${name}=`);
    for (const [, path = ''] of text.matchAll(/GITHUB_ACTION_PATH\/([\w./-]+)/gu))
      expect(existsSync(join(root, path)), path).toBe(true);
  });

  test('no expression is in a script, where its value would be run', () => {
    for (const { run, shell } of action.runs.steps) {
      expect(run ?? '').not.toContain('${{');
      if (run !== undefined) expect(shell).toBe('bash');
    }
  });

  test('its scripts are good bash', () => {
    for (const { run } of action.runs.steps) if (run !== undefined) execFileSync('bash', ['-n', '-c', run]);
  });

  test('every flag that it builds is one of `run`', async () => {
    const { run = '' } = step('run');
    const flags = [...run.matchAll(/(--[a-z-]+) "\$([A-Z_]+)"/gu)];
    expect(flags).toHaveLength(11);
    const values: Record<string, string> = {
      ...{ GREP: '^PKCE-', SUITE: 'pkce', CONFIG: 'x.json', SEED: '7', WORKERS: '2', SHARD: '1/3', TIMEOUT: '1000' },
      RULES: 'sf-partner-2026-11',
    };
    const defaults = { OUT: action.inputs['out'], FORMAT: action.inputs['format'], FAIL_ON: action.inputs['fail-on'] };
    for (const [name, input] of Object.entries(defaults)) values[name] = input?.default ?? '';
    expect(values['FORMAT']?.split(',').every((name) => (FORMAT_NAMES as readonly string[]).includes(name))).toBe(true);
    expect(await understood(['run', ...flags.flatMap(([, flag = '', name = '']) => [flag, values[name] ?? ''])])).toBe(
      'run',
    );
  });

  test('the step that judges hands over the exit code and the folder, and does not fail itself', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sf-conformance-action-'));
    try {
      const output = join(folder, 'output');
      writeFileSync(output, '');
      const env = {
        ...process.env,
        ...{ GITHUB_ACTION_PATH: root, GITHUB_OUTPUT: output, CONFIG: 'none.json', SUITE: '', GREP: '' },
        ...{ NODE: process.execPath, SEED: '', WORKERS: '', SHARD: '', TIMEOUT: '', RULES: '' },
        ...{ FAIL_ON: 'must', FORMAT: 'junit', OUT: 'reports' },
      };
      execFileSync('bash', ['-e', '-o', 'pipefail', '-c', step('run').run ?? ''], { cwd: folder, env, stdio: 'pipe' });
      expect(readFileSync(output, 'utf8')).toBe(`exit-code=2\nrun-dir=${folder}/reports/latest\n`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("the client's own Node comes first on PATH again, and the tool keeps its own", () => {
    const folder = mkdtempSync(join(tmpdir(), 'sf-conformance-action-'));
    try {
      const [output, path] = [join(folder, 'output'), join(folder, 'path')];
      const env = {
        ...process.env,
        ...{ PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`, GITHUB_ACTION_PATH: root },
        ...{ GITHUB_OUTPUT: output, GITHUB_PATH: path, CLIENT_NODE: '/opt/client/bin/node' },
      };
      execFileSync('bash', ['-e', '-o', 'pipefail', '-c', step('tool').run ?? ''], { cwd: folder, env });
      expect(readFileSync(path, 'utf8')).toBe('/opt/client/bin\n');
      expect(readFileSync(output, 'utf8')).toMatch(new RegExp(`^node=${process.execPath}\nlock=[0-9a-f]{40}\n$`));
      for (const name of ['run', 'Annotations and summary']) expect(step(name).run).not.toMatch(/(^|\s)node /m);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('outputs and the comment are made from reports: what broke against the base branch, each failure once for its cause', () => {
    const sample = (name: string): string => join(root, 'reports/sample', name, 'report.json');
    const script = (name: string, ...args: string[]): string =>
      execFileSync(process.execPath, [join(root, 'action', name), ...args], { encoding: 'utf8' });
    expect(script('outputs.mjs', sample('failing'))).toMatch(
      /^verdict=non-compliant\nfailed=RTR-02,RACE-01[A-Z0-9,-]*\n$/,
    );
    expect(script('outputs.mjs', sample('compliant'))).toBe('verdict=compliant\nfailed=\n');
    const url = 'https://host.example/runs/1';
    const broke = script('comment.mjs', sample('failing'), sample('compliant'), 'main', url);
    expect(broke).toMatch(/^<!-- sf-conformance -->\n### ✕ Naive client: not compliant\n/);
    expect(broke).toMatch(/\*\*Broke against main\*\*: RTR-02, RACE-01/);
    expect(broke).toMatch(/\n\d+ checks blocked by a failure\.\n/);
    expect(broke.match(/^- \*\*/gm)).toHaveLength(3);
    expect(broke).toContain(`[Report and evidence](${url})`);
    expect(script('comment.mjs', sample('compliant'), sample('failing'), 'main', url)).toMatch(
      /^\*\*Better than main\*\*: (?:[A-Z0-9-]+, )*RTR-02,/m,
    );
    expect(script('comment.mjs', sample('compliant'), sample('compliant'), 'main', url)).toContain(
      'No check changed against main.',
    );
    expect(script('comment.mjs', sample('compliant'), join(root, 'none.json'), 'a_b|c', url)).toContain(
      'There is no report of a_b&#124;c to compare with.',
    );
  });

  test('actions of others are pinned by digest, with their version beside it', () => {
    const files = ['action.yml', ...recipes.filter((name) => name.includes('git')), ...workflows];
    const uses = files.flatMap((name) => [...read(name).matchAll(/uses: (.*)/gu)].map(([, what = '']) => what));
    expect(uses.length).toBeGreaterThan(8);
    for (const what of uses)
      if (!what.startsWith('OWNER/') && !what.startsWith('./'))
        expect(what).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('annotations point to the configuration that was found, whatever its format', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sf-conformance-action-'));
    try {
      const check = { id: 'RTR-01', title: 'x', level: 'MUST', verdict: 'fail', message: 'y' };
      writeFileSync(join(folder, 'report.json'), JSON.stringify({ checks: [check] }));
      writeFileSync(join(folder, 'conformance.config.yaml'), '');
      writeFileSync(
        join(folder, 'summary.md'),
        'See [index.html](index.html), for programs [report.json](report.json).',
      );
      const summary = join(folder, 'step-summary.md');
      const env = {
        ...process.env,
        ...{ GITHUB_ACTION_PATH: root, RUN_DIR: folder, CONFIG: '', DIRECTORY: '.', NODE: process.execPath },
        ...{ GITHUB_STEP_SUMMARY: summary, REPORT_URL: 'https://host.example/a/1' },
      };
      const flags = ['-e', '-o', 'pipefail', '-c', step('Annotations and summary').run ?? ''];
      const said = execFileSync('bash', flags, { cwd: folder, env, encoding: 'utf8' });
      expect(said).toContain('::error file=conformance.config.yaml,title=RTR-01 x::y');
      expect(readFileSync(summary, 'utf8')).toBe(
        'See [index.html](https://host.example/a/1), for programs [report.json](https://host.example/a/1).',
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
