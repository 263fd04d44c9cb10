import { spawnSync } from 'node:child_process';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';

import { LANGUAGE_NAMES } from '../evidence/language.ts';
import { loadCatalogue } from '../../src/run/catalogue.ts';
import { fixesFor } from './fixes.ts';

const { checks } = await loadCatalogue();
const fixed = checks.filter(({ id }) => fixesFor(id).length > 0);

describe('fixes', () => {
  it('are there for every MUST that code can fix, in every language', () => {
    const ids = fixed.map(({ id }) => id);
    // The addresses of a network, tabs of one browser, a user who signs in again, a real org, the metadata of the app.
    const NO_CODE = /^(?:IP-01|RACE-12|ERR-04|ORG-.*|SET-.*)$/;
    const musts = checks.filter(({ id, level }) => level === 'MUST' && !NO_CODE.test(id)).map(({ id }) => id);
    expect(musts.filter((id) => !ids.includes(id))).toEqual([]);
    for (const id of ids)
      expect([
        id,
        fixesFor(id)
          .map(({ language }) => language)
          .sort(),
      ]).toEqual([id, Object.keys(LANGUAGE_NAMES).sort()]);
  });

  it('are valid JavaScript', () => {
    for (const { id } of fixed) {
      const { code } = fixesFor(id).find(({ language }) => language === 'javascript')!;
      expect(() => new Script(`async () => { ${code}\n }`), code).not.toThrow();
    }
  });

  it('are valid Python', ({ skip }) => {
    if (spawnSync('python3', ['--version']).error !== undefined) return skip('python3 is not on this machine');
    const codes = fixed.map(({ id }) => fixesFor(id).find(({ language }) => language === 'python')?.code);
    const script = 'import ast, json, sys\nfor code in json.load(sys.stdin): ast.parse(code)';
    const { status, stderr } = spawnSync('python3', ['-c', script], { input: JSON.stringify(codes), encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });

  it.for([
    ['ruby', 'ruby', ['-c'], (code: string) => code],
    ['php', 'php', ['-l'], (code: string) => `<?php\n${code}`],
    [
      'go',
      'gofmt',
      ['-e'],
      (code: string) => `package fix\n${/^func /m.test(code) ? code : `func fix() {\n${code}\n}`}`,
    ],
  ] as const)('are valid %s', ([language, command, args, whole], { skip }) => {
    for (const code of new Set(fixed.map(({ id }) => fixesFor(id).find((fix) => fix.language === language)!.code))) {
      const { error, status, stderr } = spawnSync(command, args, { input: whole(code), encoding: 'utf8' });
      if (error !== undefined) return skip(`${command} is not on this machine`);
      expect(status, `${code}\n${stderr}`).toBe(0);
    }
  });
});
