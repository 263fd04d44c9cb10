import { spawnSync } from 'node:child_process';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';

import { LANGUAGE_NAMES } from '../evidence/language.ts';
import { loadCatalogue } from '../../src/run/catalogue.ts';
import { fixesFor } from './fixes.ts';

const { checks } = await loadCatalogue();
const fixed = checks.filter(({ id }) => fixesFor(id).length > 0);

describe('fixes', () => {
  it('are there for what fails most, in every language', () => {
    const ids = fixed.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining(['PKCE-01', 'PKCE-04', 'CA-01', 'RTR-02', 'RACE-01', 'RACE-06', 'ERR-01']),
    );
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
});
