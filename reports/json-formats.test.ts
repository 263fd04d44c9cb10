import { describe, expect, it } from 'vitest';

import { format as ctrf } from './ctrf.format.ts';
import { format as har } from './har.format.ts';
import { HOSTILE, hostileRun } from '../test-kit/sample-run/hostile.ts';
import { longRun } from '../test-kit/sample-run/long.ts';
import { sampleRun } from '../test-kit/sample-run/sample-run.ts';
import { format as sarif } from './sarif.format.ts';
import type { Format, RenderInput } from './format.ts';

/* eslint-disable @typescript-eslint/no-unsafe-return --
   the formats' own shapes are what is tested here */
const read = (format: Format, input: RenderInput) => {
  const content = format.render(input);
  return JSON.parse(typeof content === 'string' ? content : [...content].join(''));
};

describe('report.sarif', () => {
  const { runs, version } = read(sarif, sampleRun());
  const [run] = runs;

  it('has a rule for each check and a result for each that is not simply met', () => {
    expect(version).toBe('2.1.0');
    expect(run.tool.driver.rules.map((rule: { id: string }) => rule.id)).toContain('PKCE-01');
    const kinds = Object.fromEntries(
      run.results.map((one: { ruleId: string; kind: string; level: string }) => [
        one.ruleId,
        `${one.kind} ${one.level}`,
      ]),
    );
    expect(kinds).toEqual({
      'PKCE-02': 'fail error',
      'RACE-01': 'fail error',
      'RACE-03': 'fail error',
      'SOAK-01': 'fail error',
      'CA-10': 'open none',
      'HYG-04': 'fail warning',
      'RES-05': 'open none',
      'AZ-08': 'review none',
    });
    for (const one of run.results) expect(run.tool.driver.rules[one.ruleIndex].id).toBe(one.ruleId);
  });

  it('points at the lines of the evidence, the decisive one first', () => {
    const { report } = sampleRun();
    const race = run.results.find((one: { ruleId: string }) => one.ruleId === 'RACE-01');
    const [first] = report.checks.find(({ id }) => id === 'RACE-01')!.scenarios[0]!.evidence;
    expect(race.relatedLocations).toHaveLength(3);
    expect(race.relatedLocations[0].physicalLocation.region.startLine).toBe(first);
    const withoutPlace = read(sarif, { ...sampleRun(), history: sampleRun().history.slice(1) }).runs[0];
    const same = withoutPlace.results.find((one: { ruleId: string }) => one.ruleId === 'RACE-01');
    expect(same.locations[0].physicalLocation.region.startLine).toBe(first);
    expect(same.relatedLocations).toHaveLength(2);
  });

  it('shows results at the configuration, and says where each rule can be read up', () => {
    for (const { locations } of run.results)
      expect(locations[0].physicalLocation).toMatchObject({
        artifactLocation: { uri: 'ci/conformance.config.json', index: 1 },
        region: { startLine: 1 },
      });
    expect(run.artifacts[1].location.uri).toBe('ci/conformance.config.json');
    const rule = run.tool.driver.rules.find(({ id }: { id: string }) => id === 'PKCE-02');
    expect(rule.helpUri).toMatch(/^https:\/\/www\.rfc-editor\.org\/rfc\/rfc\d+/);
    expect(rule.help.markdown).toContain('**Fix:**');
    expect(rule.help.markdown).toContain('`sf-conformance explain PKCE-02`');
  });
});

describe('ctrf.json', () => {
  it('counts what it lists, with a status that the format knows', () => {
    const { results } = read(ctrf, sampleRun());
    const counted: Record<string, number> = { passed: 0, failed: 0, pending: 0, skipped: 0, other: 0 };
    for (const { status } of results.tests) counted[status as string]! += 1;
    expect(results.summary).toMatchObject({ tests: results.tests.length, ...counted });
    expect(counted).toEqual({ passed: 6, failed: 4, pending: 2, skipped: 2, other: 1 });
    expect(results.summary.stop).toBeGreaterThan(results.summary.start);
  });
});

describe('evidence.har', () => {
  it('holds every exchange, with labels instead of secrets', () => {
    const { report, history } = sampleRun();
    const { log } = read(har, { report, history });
    expect(log.version).toBe('1.2');
    expect(log.entries).toHaveLength(history.filter(({ kind }) => kind === 'request').length);
    const refresh = log.entries.find((entry: { comment: string }) => entry.comment.includes('exchange 23,'));
    expect(refresh.request.postData.params).toContainEqual({ name: 'refresh_token', value: 'RT#20' });
    expect(refresh.time).toBe(120);
    expect(new Date(refresh.startedDateTime).toISOString()).toBe(refresh.startedDateTime);
    for (const entry of log.entries) expect(log.pages.map((page: { id: string }) => page.id)).toContain(entry.pageref);
  });

  it('is written in pieces for a long history', () => {
    const pieces = [...(har.render(longRun(20_000)) as Iterable<string>)];
    expect(pieces.length).toBeGreaterThan(5000);
    expect(JSON.parse(pieces.join('')).log.entries.length).toBe(pieces.length - 2);
  });
});

describe('all of them', () => {
  it.each(HOSTILE)('stay JSON with %j', (text) => {
    for (const format of [sarif, ctrf, har]) expect(() => read(format, hostileRun(text))).not.toThrow();
  });
});
