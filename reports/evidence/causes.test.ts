import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import type { Report } from '../../src/grade/report.ts';
import { sampleRun } from '../../test-kit/sample-run/sample-run.ts';
import { blockedGroups, causesOf } from './causes.ts';

const failing = JSON.parse(readFileSync(new URL('../sample/failing/report.json', import.meta.url), 'utf8')) as Report;

describe('causes', () => {
  it('are three for the naive client, the one that blocks most first', () => {
    expect(causesOf(failing.checks).map(({ lead, also }) => [lead.id, ...also.map(({ id }) => id)])).toEqual([
      ['RTR-02'],
      ['ERR-01', 'ERR-02', 'ERR-03'],
      ['RACE-01', 'RACE-02'],
    ]);
  });

  it('leave out nothing that failed and nothing that is blocked', () => {
    const ids = (verdict: string): readonly string[] =>
      failing.checks.filter((check) => check.verdict === verdict).map(({ id }) => id);
    const causes = causesOf(failing.checks);
    expect(causes.flatMap(({ lead, also }) => [lead, ...also].map(({ id }) => id)).sort()).toEqual(
      ids('fail').toSorted(),
    );
    const blocked = failing.checks.filter(({ blockedBy }) => blockedBy !== undefined).map(({ id }) => id);
    expect(
      blockedGroups(failing.checks)
        .flatMap(([, members]) => members.map(({ id }) => id))
        .sort(),
    ).toEqual(blocked.sort());
  });

  it('put what the baseline accepts last', () => {
    const accepted = sampleRun().report.checks.map((check) =>
      check.id === 'PKCE-02' ? { ...check, baseline: { reason: 'known' } } : check,
    );
    expect(causesOf(accepted).map(({ lead }) => lead.id)).toEqual(['RACE-01', 'PKCE-02']);
  });
});
