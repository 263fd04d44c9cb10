import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

import type { EventOf } from '../../src/history/event.ts';
import { scenarioHistory } from '../../src/history/query.ts';
import type { RunFacts } from '../../src/grade/check.ts';
import { allRequirements as requirements } from '../requirements/sets.ts';
import { app, facts, is, oauth } from './fixtures/facts.ts';
import { incidentResponse } from './incident-response.ts';
import { summary, type SettingsCheck } from './rule.ts';

const files = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('.check.ts'));
const found = await Promise.all(
  files.map(async (file) => {
    const module = (await import(new URL(file, import.meta.url).href)) as {
      default: SettingsCheck | readonly SettingsCheck[];
    };
    return [module.default].flat().map((check) => ({ file, id: check.id, check }));
  }),
);
const checks = found.flat();
const ids = checks.map(({ check }) => check.id);

const event = (change: Parameters<typeof facts>[0]) =>
  scenarioHistory('settings', [
    {
      kind: 'settings',
      facts: facts(change),
      seq: 4,
      t: 0,
      scenario: 'settings',
      prev: '',
    } satisfies EventOf<'settings'>,
  ]);
const run = (metadata: boolean) => ({ begin: { metadata } }) as unknown as RunFacts;

describe('every check of the settings', () => {
  it.each(checks)('$id says what it is', ({ file, check }) => {
    const own = `${check.id.slice('SET-'.length).toLowerCase()}.check.ts`;
    expect(file).toBe(/-(?:PKCE|RTR)(?:-[123])?$/u.test(check.id) ? 'switches.check.ts' : own);
    for (const sentence of [
      check.title,
      check.failure,
      check.why,
      check.remedy,
      check.untested,
      check.rule.notApplicable,
    ]) {
      expect(sentence.length).toBeGreaterThan(10);
    }
    expect(check.references.length).toBeGreaterThan(0);
    expect(check.suite).toBe('settings');
    for (const id of check.requirements ?? []) expect(requirements.map((one) => one.id)).toContain(id);
  });

  it('has an id of its own, and all requirements of the settings are answered', () => {
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id } of requirements.filter((one) => one.answeredBy === 'settings')) {
      expect(checks.some(({ check }) => check.requirements?.includes(id))).toBe(true);
    }
  });

  it.each(checks)('$id is skipped without metadata, and grades what was recorded', ({ check }) => {
    expect(check.skip?.(run(false))).toMatch(/app\.metadata/);
    expect(check.skip?.(run(true))).toBeUndefined();
    expect(check.judge(scenarioHistory('settings', []), run(true))).toBeUndefined();
    const finding = check.judge(event({}), run(true));
    expect(finding?.evidence).toEqual([4]);
    expect(['pass', 'info', 'skip']).toContain(finding?.verdict);
  });
});

describe('a check', () => {
  const byId = (id: string) => checks.find(({ check }) => check.id === id)!.check;

  it('names file and line and what to write, and is as bad as its worst app', () => {
    const bad = app({ name: 'Bad', oauth: [oauth({ isPkceRequired: is('false') })] });
    expect(byId('SET-ECA-PKCE-1').judge(event({ apps: [app(), bad] }), run(true))).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('(a.connectedApp-meta.xml:7)') as string,
      remedy: expect.stringContaining('<isPkceRequired>true</isPkceRequired>') as string,
    });
  });

  it('blames the misplaced switch, not the absent one', () => {
    const misplaced = [
      { switch: 'isPkceRequired', reason: 'place', path: 'x', place: { file: 'a', line: 1, column: 1 } },
    ] as const;
    const apps = [app({ misplaced, oauth: [oauth({ isPkceRequired: is('absent') })] })];
    expect(byId('SET-ECA-PKCE-2').judge(event({ apps }), run(true))).toMatchObject({
      verdict: 'inconclusive',
      blockedBy: 'SET-ECA-PKCE-3',
    });
    expect(byId('SET-ECA-PKCE-3').judge(event({ apps }), run(true))).toMatchObject({ verdict: 'fail' });
    expect(byId('SET-ECA-PKCE-3').judge(event({ apps: [app({ misplaced })] }), run(true))).toMatchObject({
      verdict: 'warn',
    });
  });

  it('spells out five findings and counts the rest', () => {
    const { rule } = byId('SET-VAL-1');
    const problem = { code: 'malformed', message: 'Broken.', place: { file: 'f', line: 1, column: 1 } } as const;
    const finding = summary(rule, rule.grade(facts({ problems: Array.from({ length: 8 }, () => problem) })), 1);
    expect(finding.message).toMatch(/And 3 more/);
  });

  it('knows whom to inform of an incident', () => {
    expect(incidentResponse.contact).toBe('security@salesforce.com');
    expect(incidentResponse.steps.length).toBeGreaterThan(3);
  });
});
