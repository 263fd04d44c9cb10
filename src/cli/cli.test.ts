import { describe, expect, it } from 'vitest';
import { version } from '../version.ts';
import { cli } from './cli.ts';
import { COMMANDS } from './commands.ts';
import { typedAs } from './flags.ts';

/** Runs a command line in this process. */
async function typed(args: readonly string[], env: Record<string, string> = {}, cwd = '/nowhere') {
  const out: string[] = [];
  const err: string[] = [];
  const code = await cli({
    args,
    cwd,
    env,
    stdout: { write: (text) => out.push(text) > 0 },
    stderr: { write: (text) => err.push(text) > 0 },
    signals: { on: () => undefined, off: () => undefined, exit: () => undefined },
  });
  return { code, out: out.join(''), err: err.join('') };
}

describe('help', () => {
  it('is what the bare command prints', async () => {
    const { code, out, err } = await typed([]);
    expect([code, err]).toEqual([0, '']);
    for (const { name } of COMMANDS) expect(out).toContain(`  ${name}`);
  });

  it.each([['--help'], ['-h'], ['help']])('%s', async (flag) => {
    expect(await typed([flag])).toMatchObject({ code: 0, err: '' });
  });

  it.each(COMMANDS.map(({ name }) => name))('of %s has its flags and examples', async (name) => {
    const asked = await typed(['help', name]);
    expect(asked).toEqual(await typed([name, '--help']));
    const command = COMMANDS.find((one) => one.name === name)!;
    for (const flag of command.flags) expect(asked.out).toContain(`--${typedAs(flag)}`);
    for (const example of command.examples) expect(asked.out).toContain(example);
  });

  it('knows the exit codes', async () => {
    const { out } = await typed(['help', 'exit-codes']);
    for (const code of [0, 1, 2, 3, 70, 130, 143]) expect(out).toMatch(new RegExp(`^ +${code} {2}`, 'mu'));
  });

  it('prints the version', async () => {
    expect(await typed(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });
});

describe('wrong usage', () => {
  it.each<[readonly string[], string]>([
    [['rnu'], 'There is no command "rnu". Did you mean "run"?'],
    [['help', 'exit-code'], 'There is no topic "exit-code". Did you mean "exit-codes"?'],
    [['run', '--suit', 'pkce'], 'There is no option "--suit". Did you mean "--suite"?'],
    [['--grap', 'x'], 'There is no option "--grap".'],
    [['run', '--suite'], 'The option -'],
    [['run', '--suite', 'nope'], 'There is no suite "nope".'],
    [['run', 'extra'], 'There are too many arguments for run.'],
    [['verify'], 'The verify command needs <run-dir>.'],
    [['compare'], 'The compare command needs <run-dir>.'],
    [['run'], 'There is no configuration in /nowhere. Looked for conformance.config.ts, conformance.config.mts'],
    [['verify', 'gone'], '/nowhere/gone is not the folder of a finished run'],
    [['report', 'gone'], 'The history in /nowhere/gone cannot be read.'],
    [['compare', 'gone'], 'There is no report of a run in /nowhere/gone.'],
    [['list', '--grep', '^nothing$'], 'No check or scenario matches.'],
  ])('%j', async (args, message) => {
    const { code, out, err } = await typed(args);
    expect(err).toContain(message);
    expect([code, out]).toEqual([2, '']);
    expect(err.trimEnd().split('\n').length).toBeGreaterThan(1);
    expect(err).not.toMatch(/\n +at /u);
  });

  it('shows where it happened when DEBUG is set', async () => {
    const { err } = await typed(['run'], { DEBUG: '1' });
    expect(err).toMatch(/\n +at /u);
  });
});

describe('paths', () => {
  it('are relative to where the command was typed, under npm start too', async () => {
    const env = { npm_lifecycle_event: 'start', npm_package_name: 'sf-conformance', INIT_CWD: '/typed' };
    expect((await typed(['verify', 'x'], env)).err).toContain('/typed/x');
  });
});

describe('list', () => {
  it('prints what there is, as JSON with the fields of the report', async () => {
    const { code, out } = await typed(['list', '--json']);
    expect(code).toBe(0);
    const listing = JSON.parse(out);
    expect(Object.keys(listing)).toEqual(['suites', 'checks', 'requirements', 'scenarios', 'faults', 'gatePoints']);
    expect(listing.faults).toContainEqual({ id: 'throttled', title: expect.any(String), on: expect.any(String) });
    expect(listing.gatePoints).toContain('refresh-answer');
    expect(listing.requirements).toHaveLength(16);
    const check = listing.checks.find(({ id }: { id: string }) => id === 'PKCE-01');
    expect(check).toMatchObject({
      suite: 'pkce',
      level: 'MUST',
      requirements: ['SF-PKCE-AUTHORIZE'],
      rules: ['sf-partner-2026-05', 'sf-partner-2026-11'],
      references: expect.any(Array),
      title: expect.any(String),
    });
    const known = new Set(listing.scenarios.map(({ id }: { id: string }) => id));
    for (const { id } of check.scenarios) expect(known).toContain(id);
  });

  it('honours its filters', async () => {
    const { suites, checks, requirements } = JSON.parse((await typed(['list', '--json', '--suite', 'races'])).out);
    expect(suites).toMatchObject([{ id: 'races' }]);
    expect(new Set(checks.map(({ suite }: { suite: string }) => suite))).toEqual(new Set(['races']));
    expect(requirements).toMatchObject([{ id: 'SF-RTR-RACES' }]);
    const one = JSON.parse((await typed(['list', '--json', '--grep', '^pkce-02$'])).out);
    expect(one.checks).toMatchObject([{ id: 'PKCE-02' }]);
  });

  it('prints the requirement sets, and which one is used', async () => {
    const { rules } = JSON.parse((await typed(['list', '--rules', '--json'])).out);
    expect(rules).toMatchObject([
      { id: 'sf-partner-2026-05', default: true },
      { id: 'sf-partner-2026-11', default: false },
    ]);
    expect(rules[1].requirements).toEqual(expect.arrayContaining([...rules[0].requirements, 'SF-IDLE-TTL']));
    const { out } = await typed(['list', '--rules']);
    expect(out).toContain('sf-partner-2026-05 (default)');
    expect(out).toContain('16 requirements');
  });

  it('is readable without --json', async () => {
    expect((await typed(['list'])).out).toContain('PKCE-01');
  });
});
