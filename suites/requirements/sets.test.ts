import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answeredBy, isInSet } from '../../src/grade/rules.ts';
import { DEFAULT_RULES } from '../../src/history/rules.ts';
import { loadCatalogue, loadRuleCatalogue } from '../../src/run/catalogue.ts';
import { requirementSetSchema } from './set.ts';
import { allRequirements, findRequirementSet, requirementSets } from './sets.ts';
import { ruleIds } from './rule-ids.ts';

/** SHA-256 of every published set. A set is never changed: for another wording or another list of checks add a new set. */
const PUBLISHED: Readonly<Record<string, string>> = {
  'sf-partner-2026-05': '166496cb4a1563621d3227e7deaf64ac770ffb18547a07e58af8972a07ae29dd',
  'sf-partner-2026-11': '75ed35424d982f2f5f37cb1e695405764fc7a1d1d5844414fc1bf725b4ce9f19',
};

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.json'));
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
const digest = (file: string): string =>
  createHash('sha256')
    .update(JSON.stringify(read(file)))
    .digest('hex');

describe('requirement sets', () => {
  it('are never changed once they are published', () => {
    expect(Object.fromEntries(files.map((file) => [file.replace('.json', ''), digest(file)]))).toEqual(PUBLISHED);
  });

  it.each(files)('%s is valid, and named as its id says', (file) => {
    const set = requirementSetSchema.parse(read(file));
    expect(`${set.id}.json`).toBe(file);
    const ids = set.requirements.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are refused when a key or a value is wrong', () => {
    const set = findRequirementSet(DEFAULT_RULES);
    const [first] = set?.requirements ?? [];
    for (const change of [{ due: 'soon' }, { answeredBy: 'luck' }, { id: 'PKCE' }, { check: [] }]) {
      expect(requirementSetSchema.safeParse({ ...set, requirements: [{ ...first, ...change }] }).success).toBe(false);
    }
  });

  it('add requirements over time and take none away', () => {
    expect(ruleIds).toContain(DEFAULT_RULES);
    const [first, ...later] = requirementSets.map(({ requirements }) => requirements.map(({ id }) => id));
    for (const ids of later) expect(ids).toEqual(expect.arrayContaining([...(first ?? [])]));
    expect(allRequirements).toHaveLength(requirementSets.at(-1)?.requirements.length ?? 0);
  });

  it('the newer one asks for the idle limit and the allowlist too', () => {
    const [older, newer] = requirementSets.map(({ requirements }) => requirements.map(({ id }) => id));
    expect(newer?.filter((id) => older?.includes(id) !== true)).toEqual(['SF-IDLE-TTL', 'SF-IP-ALLOWLIST']);
  });
});

describe('checks of a set', () => {
  it.each(ruleIds)('%s: every requirement that checks or settings answer has one', async (id) => {
    const { checks, requirements } = await loadRuleCatalogue(id);
    const answered = new Set(checks.flatMap((check) => answeredBy(check, requirements)));
    const asked = requirements.filter((one) => one.answeredBy !== 'people').map((one) => one.id);
    expect(asked.filter((one) => !answered.has(one))).toEqual([]);
  });

  it('name only sets and requirements that exist', async () => {
    for (const { id, rules = [], requirements = [] } of (await loadCatalogue()).checks) {
      expect(
        rules.filter((one) => !ruleIds.includes(one)),
        id,
      ).toEqual([]);
      expect(
        requirements.filter((one) => allRequirements.every((known) => known.id !== one)),
        id,
      ).toEqual([]);
    }
  });

  it('belong to all sets unless they name some', () => {
    expect(isInSet({}, 'sf-partner-2026-05')).toBe(true);
    expect(isInSet({ rules: ['sf-partner-2026-11'] }, 'sf-partner-2026-05')).toBe(false);
    expect(isInSet({ rules: ['sf-partner-2026-11'] }, 'sf-partner-2026-11')).toBe(true);
  });

  it('are not found for a set that there is not', async () => {
    await expect(loadRuleCatalogue('sf-partner-2031-01')).rejects.toMatchObject({ code: 'unknown-rules', exit: 2 });
  });
});
