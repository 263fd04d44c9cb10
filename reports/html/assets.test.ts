import { spawnSync } from 'node:child_process';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { scriptOf, styleOf } from './assets.ts';

const MAINS = { report: './browser/main', dashboard: '../../src/dashboard/browser/main' };

describe.each(Object.entries(MAINS))('the script of the %s', (_name, path) => {
  const entry = new URL(path, import.meta.url);

  it('is one script that parses, with each module before those that import it', () => {
    const code = scriptOf(entry);
    expect(() => new Script(code)).not.toThrow();
    expect(code).not.toMatch(/^(import|export)\s/m);
    expect(code.split('function byId(')).toHaveLength(2);
    expect(code.indexOf('function byId(')).toBeLessThan(code.indexOf("addEventListener('click'"));
  });

  it('is made without a word on standard error', () => {
    const from = new URL('./assets.ts', import.meta.url).href;
    const make = `const { scriptOf } = await import('${from}'); process.stdout.write(scriptOf(new URL('${entry.href}')));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', make], {
      encoding: 'utf8',
    });
    expect([stderr, stdout]).toEqual(['', scriptOf(entry)]);
  });
});

it('styles follow each other in the order that was asked for', () => {
  const [first, second] = ['./style/colours.css', './style/print.css'].map((file) => new URL(file, import.meta.url));
  expect(styleOf(second!, first!)).toBe(styleOf(second!) + styleOf(first!));
});
