/** The Dockerfile followed without an engine: its stages as folders, what it copies and nothing else, its build, and its command. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../../', import.meta.url));
const slowMs = 300_000;
let image: string;
/** Where the last stage works before `WORKDIR /data`. */
let installed: string;

const instructions = readFileSync(join(root, 'Dockerfile'), 'utf8')
  .replaceAll(/^#.*\n/gmu, '')
  .replaceAll(/\\\n/gu, ' ')
  .split('\n')
  .map((line) => /^([A-Z]+) +(.*)$/u.exec(line.trim()))
  .flatMap((found) => (found === null ? [] : [{ name: found[1] ?? '', rest: (found[2] ?? '').trim() }]));

/** What `.dockerignore` keeps out of the copied folders, and what is no part of a checkout. */
const leftOut = (path: string): boolean => /\.test\.ts$|\/reports\/runs(?:\/|$)/u.test(path);

function copy(rest: string, at: string, stages: ReadonlyMap<string, string>): void {
  const [, stage, what = ''] = /^(?:--from=(\w+) )?(.*)$/u.exec(rest) ?? [];
  const paths = what.split(/\s+/u);
  const target = join(at, paths.at(-1) ?? '');
  for (const path of paths.slice(0, -1)) {
    const from = stage === undefined ? join(root, path) : join(stages.get(stage) ?? '', path);
    const to = paths.at(-1)?.endsWith('/') === true ? join(target, basename(path)) : target;
    cpSync(from, to, { recursive: true, verbatimSymlinks: true, filter: (one) => !leftOut(one) });
  }
}

/** Packages are those of this checkout: that `npm ci` and `npm prune` give the same is for the test of the packed file. */
function run(rest: string, at: string): void {
  for (const command of rest.split('&&').map((one) => one.trim())) {
    if (command === 'npm ci') symlinkSync(join(root, 'node_modules'), join(at, 'node_modules'));
    else if (command === 'npm run build') execFileSync('npm', ['run', 'build'], { cwd: at, stdio: 'pipe' });
  }
}

beforeAll(() => {
  image = mkdtempSync(join(tmpdir(), 'sf-image-'));
  const stages = new Map<string, string>();
  let stage = '';
  let at = '';
  for (const { name, rest } of instructions) {
    if (name === 'FROM') {
      stage = join(image, / AS (\w+)$/u.exec(rest)?.[1] ?? 'last');
      stages.set(basename(stage), stage);
    }
    if (name === 'WORKDIR') {
      at = join(stage, rest);
      mkdirSync(at, { recursive: true });
      if (rest.startsWith('/opt/')) installed = at;
    }
    if (name === 'COPY') copy(rest, at, stages);
    if (name === 'RUN') run(rest, at);
  }
}, slowMs);
afterAll(() => rmSync(image, { recursive: true, force: true }));

function command(args: readonly string[], cwd: string): { status: number | null; stdout: string; stderr: string } {
  const main = join(installed, 'bin/sf-conformance.mjs');
  return spawnSync(process.execPath, [main, ...args], { cwd, encoding: 'utf8', timeout: slowMs });
}

test(
  'what it copies builds; the command of the image serves from it alone, healthy, until it is stopped',
  { timeout: slowMs },
  async () => {
    const of = (name: string): string => instructions.findLast((one) => one.name === name)?.rest ?? '';
    const args = (JSON.parse(of('CMD')) as string[]).map((arg) => arg.replace('/opt/sf-conformance', installed));
    const [program = '', ...probe] = JSON.parse(/CMD (.*)$/u.exec(of('HEALTHCHECK'))?.[1] ?? '') as string[];
    expect(program).toBe('node');
    const data = join(image, 'served');
    mkdirSync(data);
    const child = spawn(process.execPath, [join(installed, 'bin/sf-conformance.mjs'), ...args], {
      cwd: data,
      stdio: 'pipe',
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const ended = once(child, 'close');
    child.stdin.end();
    const isHealthy = (): boolean => spawnSync(process.execPath, probe, { timeout: slowMs }).status === 0;
    await expect.poll(isHealthy, { interval: 200, timeout: slowMs / 2 }).toBe(true);
    const announced = /Control port: \S+, token: (\S+)/u;
    await expect.poll(() => said, { interval: 50, timeout: slowMs / 2 }).toMatch(announced);
    const [, token = ''] = announced.exec(said) ?? [];
    const headers = { authorization: `Bearer ${token}` };
    const env = (await (await fetch('http://127.0.0.1:4302/env', { headers })).json()) as Record<string, string>;
    expect(env['SF_LOGIN_URL']).toContain(':4300');
    child.kill('SIGTERM');
    await ended;
    expect(isHealthy()).toBe(false);
    expect(readFileSync(join(data, 'reports/runs/latest/report.json'), 'utf8')).toContain('inconclusive');
  },
);

test('the suites of the compose file judge the example from what is mounted', { timeout: slowMs }, () => {
  const { services } = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
    readonly services: { readonly suites: { readonly command: string[]; readonly volumes: string[] } };
  };
  const data = join(image, 'data');
  for (const volume of services.suites.volumes) {
    const [here = '', inside = ''] = volume.split(':');
    const to = join(image, inside);
    if (here.endsWith('runs')) mkdirSync(to, { recursive: true });
    else cpSync(join(root, here), to, { recursive: true, filter: (path) => !path.includes('node_modules') });
  }
  const { status, stdout, stderr } = command(
    [...services.suites.command, '--grep', '^(PKCE-0[1-8]|RTR-0[12])$', '--quiet'],
    data,
  );
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('not a statement of compliance');
  expect(readFileSync(join(data, 'reports/runs/latest/report.json'), 'utf8')).toContain('"verdict": "partial"');
});
