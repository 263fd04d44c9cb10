import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectedApp } from '../settings/fixtures/shapes.ts';
import { projectFolder, type ProjectFolder } from '../settings/fixtures/project-folder.ts';
import { cli } from './cli.ts';

const NEWER = 'sf-partner-2026-11';
let folder: ProjectFolder;

beforeEach(async () => {
  folder = await projectFolder();
  await folder.write({
    'force-app/Acme.connectedApp-meta.xml': connectedApp({ pkce: 'true', rtr: 'true', secretOptional: 'false' }),
    'conformance.config.json': JSON.stringify({ rules: NEWER }),
  });
});
afterEach(() => folder.remove());

async function typed(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await cli({
    ...{ args, cwd: folder.root, env: {} },
    stdout: { write: (text) => out.push(text) > 0 },
    stderr: { write: (text) => err.push(text) > 0 },
    signals: { on: () => undefined, off: () => undefined, exit: () => undefined },
  });
  return { code, out: out.join(''), err: err.join('') };
}

const setOf = (out: string): unknown => (JSON.parse(out) as { readonly rules: string }).rules;

describe('the requirement set of check-settings', () => {
  const check = (...more: readonly string[]) => typed('check-settings', 'force-app', '--json', ...more);

  it('is that of May 2026 unless another is named: on the command line, or in the configuration', async () => {
    expect(setOf((await check()).out)).toBe('sf-partner-2026-05');
    expect(setOf((await check('--rules', NEWER)).out)).toBe(NEWER);
    expect(setOf((await check('-c', 'conformance.config.json')).out)).toBe(NEWER);
    const both = await check('-c', 'conformance.config.json', '--rules', 'sf-partner-2026-05');
    expect(setOf(both.out)).toBe('sf-partner-2026-05');
  });

  it('is the newer one with --extended, which says so and does not go with another', async () => {
    const { out, err } = await check('--extended');
    expect([setOf(out), err]).toEqual([NEWER, expect.stringContaining(`--rules ${NEWER}`)]);
    expect(await check('--extended', '--rules', 'sf-partner-2026-05')).toMatchObject({ code: 2 });
  });

  it('has to be there', async () => {
    const { code, err } = await check('--rules', 'sf-partner-2026-10');
    expect(code).toBe(2);
    expect(err).toContain('There is no requirement set');
  });
});

describe('run --print-config', () => {
  it('shows the requirement set and where it came from', async () => {
    const shown = async (...args: readonly string[]) =>
      JSON.parse((await typed('run', '--print-config', ...args)).out) as {
        readonly config: { readonly rules: string };
        readonly from: Readonly<Record<string, string>>;
      };
    expect(await shown()).toMatchObject({ config: { rules: NEWER }, from: { rules: 'file' } });
    expect(await shown('--rules', 'sf-partner-2026-05')).toMatchObject({
      ...{ config: { rules: 'sf-partner-2026-05' }, from: { rules: 'flag --rules' } },
    });
  });
});
