import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../grade/check.ts';
import type { ReportCheck } from '../grade/report.ts';
import { readBaseline } from './baseline-file.ts';
import { applyBaseline, parseBaseline } from './baseline.ts';

const check = (id: string, verdict: Verdict): ReportCheck => ({
  id,
  suite: 'rtr',
  level: 'MUST',
  title: id,
  references: [],
  requirements: [],
  verdict,
  message: '',
  scenarios: [],
});
const entry = (id: string, until?: string): { id: string; reason: string; until?: string } => ({
  id,
  reason: 'known',
  ...(until === undefined ? {} : { until }),
});

describe('applyBaseline', () => {
  it('marks known failures and leaves their verdict alone', () => {
    const { checks, stale, expired } = applyBaseline(
      [check('RTR-01', 'fail'), check('RTR-02', 'fail')],
      [entry('RTR-01', '2026-11-23')],
      '2026-11-23',
    );
    expect(checks[0]).toMatchObject({ verdict: 'fail', baseline: { reason: 'known', until: '2026-11-23' } });
    expect(checks[1]).not.toHaveProperty('baseline');
    expect([stale, expired]).toEqual([[], []]);
  });

  it('does not accept after the last day', () => {
    const { checks, expired } = applyBaseline([check('RTR-01', 'fail')], [entry('RTR-01', '2026-11-22')], '2026-11-23');
    expect(checks[0]).not.toHaveProperty('baseline');
    expect(expired.map(({ id }) => id)).toEqual(['RTR-01']);
  });

  it.each<[Verdict, boolean]>([
    ['pass', true],
    ['fail', false],
    ['skip', false],
    ['inconclusive', false],
    ['error', false],
    ['warn', false],
  ])('an entry whose check is %s: stale %s', (verdict, expected) => {
    const { stale } = applyBaseline([check('RTR-01', verdict)], [entry('RTR-01')], '2026-11-23');
    expect(stale.length > 0).toBe(expected);
  });
});

describe('parseBaseline', () => {
  const parse = (value: unknown): unknown => parseBaseline(JSON.stringify(value), 'b.json', ['RTR-01', 'RTR-02']);

  it('reads entries', () => {
    expect(parse([entry('RTR-01'), entry('RTR-02', '2027-01-31')])).toHaveLength(2);
  });

  it.each<[unknown, string, string]>([
    [{}, 'baseline-invalid', 'does not hold a list'],
    [[5], 'baseline-invalid', 'Entry 1 is no object.'],
    [[{ id: 'RTR-01' }], 'baseline-invalid', 'Entry 1 has no reason.'],
    [[{ reason: 'x' }], 'baseline-invalid', 'Entry 1 has no id.'],
    [[{ ...entry('RTR-01'), untill: 1 }], 'baseline-invalid', 'unknown key "untill"'],
    [[entry('RTR-01', '2026-02-30')], 'baseline-invalid', 'must be a day'],
    [[entry('RTR-01'), entry('RTR-01')], 'baseline-invalid', 'names RTR-01 twice'],
    [[entry('RTR-99')], 'baseline-unknown-id', '"RTR-99"'],
  ])('%j: %s', (value, code, text) => {
    expect(() => parse(value)).toThrow(
      expect.objectContaining({ code, exit: 2, message: expect.stringContaining(text) }),
    );
  });

  it('refuses what is no JSON', () => {
    expect(() => parseBaseline('[', 'b.json', [])).toThrow(expect.objectContaining({ code: 'baseline-syntax' }));
  });
});

it('a file that is not there matters only when it is named', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sf-baseline-'));
  try {
    const path = join(dir, 'b.json');
    expect(await readBaseline({ path, named: false }, [])).toEqual([]);
    await expect(readBaseline({ path, named: true }, [])).rejects.toMatchObject({ code: 'baseline-not-found' });
    await writeFile(path, '\uFEFF[{"id":"RTR-01","reason":"x"}]');
    expect(await readBaseline({ path, named: false }, ['RTR-01'])).toHaveLength(1);
  } finally {
    await rm(dir, { recursive: true });
  }
});
