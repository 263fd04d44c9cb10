import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effortMs } from '../../src/effort.test-support.ts';

import { incidentResponse } from '../../suites/settings/incident-response.ts';
import { HOSTILE, hostileRun } from '../../test-kit/sample-run/hostile.ts';
import { longRun } from '../../test-kit/sample-run/long.ts';
import { sampleRun } from '../../test-kit/sample-run/sample-run.ts';
import { renderPage } from './page.ts';

/** Start tags with their attributes, without the text between them. */
const starts = (page: string): string => (page.match(/<[a-zA-Z](?:"[^"]*"|[^">])*>/g) ?? []).join('\n');
/** The page as tags, in order. */
const tags = (page: string): readonly string[] => [...page.matchAll(/<(\/?[a-zA-Z][\w-]*)/g)].map(([, name]) => name!);
const ids = (page: string): readonly string[] => [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
const fragments = (page: string): readonly string[] => [...page.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id!);

describe('index.html', () => {
  const { report, history } = sampleRun();
  const page = renderPage({ report, history });

  it('tells the story in order: verdict, what decided it, the rule, checks, what was not tested, evidence, environment', () => {
    const places = [
      report.summary,
      'What decided it',
      'The partner rule</h2>',
      'Checks</h2>',
      'What was not tested</h2>',
      'When a refresh token is reused</h2>',
      'Scenarios and evidence</h2>',
      'Environment</h2>',
      'sf-conformance run --seed 7 --timeout 30000',
    ].map((part) => page.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('has every check, requirement and scenario, with what was seen and how to mend it', () => {
    for (const { id } of report.checks) expect(ids(page)).toContain(`check-${id}`);
    for (const { id, due } of report.requirements)
      expect([ids(page).includes(`requirement-${id}`), due]).toEqual([true, '2026-05-11']);
    for (const { id } of report.scenarios) expect(ids(page)).toContain(`scenario-${id}`);
    expect(page.includes('11 May 2026')).toBe(true);
    expect(page.includes('Attested by J. Rivera, CISO on 2 Oct 2026')).toBe(true);
    expect(page.includes('Waits for PKCE-02.')).toBe(true);
    expect(page.includes('Accepted by the baseline: Known, SYNC-1412')).toBe(true);
  });

  it('says what a reuse means, what to do and whom to tell, in every report', () => {
    const { report: calm } = sampleRun();
    for (const text of [page, renderPage({ report: { ...calm, verdict: 'compliant', checks: [] }, history: [] })]) {
      const from = text.indexOf('id="incident"');
      const section = text.slice(from, text.indexOf('</section>', from));
      for (const { title, text: told } of incidentResponse.steps)
        expect([title, section.includes(title) && section.includes(told)]).toEqual([title, true]);
      expect(section.includes('security@salesforce.com')).toBe(true);
    }
  });

  it('has no id twice and no link to a place that is not there', () => {
    expect(ids(page)).toEqual([...new Set(ids(page))]);
    for (const target of fragments(page)) expect(ids(page)).toContain(target);
  });

  it('links each failure to its evidence, decisive first', () => {
    const race = page.slice(page.indexOf('id="check-RACE-01"'), page.indexOf('id="check-RACE-03"'));
    const [decisive] = report.checks.find(({ id }) => id === 'RACE-01')!.scenarios[0]!.evidence;
    expect(fragments(race).find((target) => target.startsWith('event-'))).toBe(`event-${String(decisive)}`);
  });

  it('shows the race: a band where two uses of one token overlap, and the chain with the token that came twice', () => {
    expect(page.includes('RT#20 twice at once, 108 ms')).toBe(true);
    expect(page.includes('RT#20 was presented 2 times')).toBe(true);
    expect(page.includes('Family revoked')).toBe(true);
    expect(page.replace(/\s+/g, ' ').includes('RT#20 was under way twice for 108 ms: exchanges 23 and 24.')).toBe(true);
  });

  it('names nothing of the network and no inline style or handler', () => {
    expect(/ (?:src|srcset|action|formaction|background|poster|data)=/.test(starts(page))).toBe(false);
    expect(/ href="(?!#)/.test(starts(page))).toBe(false);
    expect(/ style=| on[a-z]+=/.test(starts(page))).toBe(false);
    expect(/@import|url\((?!#)/.test(page)).toBe(false);
    expect(
      /content="default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'"/.test(
        page,
      ),
    ).toBe(true);
  });

  it('holds nothing but its own tags, whatever a client sends', () => {
    const known = new Set(tags(page));
    const check = (text: string): void => {
      const hostile = renderPage(hostileRun(text));
      expect(hostile.isWellFormed()).toBe(true);
      expect(tags(hostile).filter((name) => !known.has(name))).toEqual([]);
      expect(tags(hostile).filter((name) => name === 'script')).toHaveLength(1);
      expect(/ (?:src|style|on[a-z]+)=| href="(?!#)/.test(starts(hostile))).toBe(false);
      // eslint-disable-next-line no-control-regex
      expect(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/.test(hostile)).toBe(false);
    };
    for (const text of HOSTILE) check(text);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom(...Array.from('<>&"\'/=\u0000\ud800 ascriptimg`')) }),
        ),
        check,
      ),
      { numRuns: 15 },
    );
  }, 300_000);

  it('stays below 3 MB with half a megabyte in every text', () => {
    for (const text of ['"', '<', 'x'])
      expect(Buffer.byteLength(renderPage(hostileRun(text.repeat(500_000))))).toBeLessThan(3_000_000);
  });

  it('stays below 3 MB with 100,000 events, and is made in seconds', async () => {
    const run = longRun(100_000);
    let long = '';
    const effort = await effortMs(() => {
      long = renderPage(run);
    });
    expect(effort).toBeLessThan(15_000);
    expect(Buffer.byteLength(long)).toBeLessThan(3_000_000);
    expect(/Not shown: \d{4,} exchanges/.test(long)).toBe(true);
    for (const target of fragments(long)) expect(long.includes(` id="${target}"`)).toBe(true);
  });
});
