import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effortMs } from '../../test-kit/effort.ts';

import { incidentResponse } from '../../suites/settings/incident-response.ts';
import { HOSTILE, hostileRun } from '../../test-kit/sample-run/hostile.ts';
import { longRun } from '../../test-kit/sample-run/long.ts';
import { sampleRun } from '../../test-kit/sample-run/sample-run.ts';
import type { Packed } from './later.ts';
import { renderPage } from './page.ts';
import { wholePage } from './whole-page.test-support.ts';

/** Start tags with their attributes, without the text between them. */
const starts = (page: string): string => (page.match(/<[a-zA-Z](?:"[^"]*"|[^">])*>/g) ?? []).join('\n');
/** The page as tags, in order. */
const tags = (page: string): readonly string[] => [...page.matchAll(/<(\/?[a-zA-Z][\w-]*)/g)].map(([, name]) => name!);
const ids = (page: string): readonly string[] => [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
const fragments = (page: string): readonly string[] => [...page.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id!);

describe('index.html', () => {
  const { report, history } = sampleRun();
  const page = renderPage({ report, history });

  const whole = wholePage(page);
  const text = whole
    .slice(whole.indexOf('<main'))
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ');

  it('answers first what the verdict is, why, and what to do next; then failures, what is open, what is calm', () => {
    const places = [
      'Client behaviour: not compliant. 3 of 8 required behaviours failed, for 2 causes. Not graded: PKCE enabled',
      'Why it failed',
      'What to do next',
      '3 failures, 2 causes',
      '1 check blocked',
      'Not exercised',
      'To review',
      'Warnings',
      'The partner rule',
      'What was not graded',
      'Everything else',
      'Scenarios and evidence',
      'When a refresh token is reused',
      'Environment, key and digests',
    ].map((part) => [part, text.replaceAll('&#39;', "'").indexOf(part)] as const);
    expect(places.filter(([, at]) => at === -1)).toEqual([]);
    const order = places.map(([, at]) => at);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('has every check, requirement and scenario, with what was seen and how to fix it', () => {
    for (const { id } of report.checks) expect(ids(whole)).toContain(`check-${id}`);
    for (const { id, due } of report.requirements)
      expect([ids(whole).includes(`requirement-${id}`), due]).toEqual([true, '2026-05-11']);
    for (const { id } of report.scenarios) expect(ids(whole)).toContain(`scenario-${id}`);
    expect(text.includes('11 May 2026')).toBe(true);
    expect(text.includes('Attested by J. Rivera, CISO on 2 Oct 2026')).toBe(true);
    expect(text.includes('Blocked by PKCE-02: fix that first, then run again.')).toBe(true);
    expect(text.includes('Accepted by the baseline: Known, SYNC-1412')).toBe(true);
    expect(text.includes('sf-conformance run --seed 7 --timeout 30000')).toBe(true);
  });

  it('says "not selected" of what was left out and "not applicable" of what does not apply', () => {
    expect(text.includes('1 not applicable')).toBe(true);
    expect(text.includes('1 not selected')).toBe(true);
  });

  it('says what a reuse means, what to do and whom to report it to, in every report', () => {
    const { report: calm } = sampleRun();
    const empty = wholePage(renderPage({ report: { ...calm, verdict: 'compliant', checks: [] }, history: [] }));
    for (const one of [whole, empty]) {
      const from = one.indexOf('id="incident"');
      const section = one.slice(from, one.indexOf('</section>', from));
      for (const { title, text: said } of incidentResponse.steps)
        expect([title, section.includes(title) && section.includes(said)]).toEqual([title, true]);
      expect(section.includes('security@salesforce.com')).toBe(true);
    }
  });

  it('has no id twice and no link to a place that is not there', () => {
    expect(ids(whole)).toEqual([...new Set(ids(whole))]);
    for (const target of fragments(whole)) expect(ids(whole)).toContain(target);
  });

  it('links each failure to its evidence, decisive first', () => {
    const race = page.slice(page.indexOf('id="check-RACE-01"'), page.indexOf('id="check-RACE-03"'));
    const [decisive] = report.checks.find(({ id }) => id === 'RACE-01')!.scenarios[0]!.evidence;
    expect(fragments(race).find((target) => target.startsWith('event-'))).toBe(`event-${String(decisive)}`);
  });

  it('shows the story of a race, names the token that was in use twice, and shows its chain', () => {
    expect(page.includes('RT#20 in use by 2 requests')).toBe(true);
    expect(text.includes('Expected: one refresh; the others wait for it.')).toBe(true);
    expect(text.includes('RT#20 was sent 2 times')).toBe(true);
    expect(text.includes('Family revoked')).toBe(true);
  });

  it('shows code as code: no backticks, no JSON in sentences', () => {
    const prose = whole.replace(/<(code|pre)\b[^>]*>[\s\S]*?<\/\1>/g, '').replace(/<(style|script)[\s\S]*?<\/\1>/g, '');
    expect(prose.includes('`')).toBe(false);
    expect(/\{("|&quot;)/.test(prose.replace(/<[^>]+>/g, ''))).toBe(false);
  });

  it('keeps a finding ready for an assistant', () => {
    const { parts } = JSON.parse(/id="later">([\s\S]*?)<\/script>/.exec(page)![1]!) as Packed;
    const [brief] = parts['brief:PKCE-02'] as [string];
    expect(brief).toContain('# PKCE-02 failed (MUST)');
    expect(brief).toContain('Add code_challenge_method=S256');
    expect(brief).toContain("sf-conformance run --grep '^PKCE-02$'");
    expect(brief).toMatch(/#\d+ authorize CHALLENGE#1 -> 302/);
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
    const known = new Set(tags(whole));
    const check = (sent: string): void => {
      const hostile = renderPage(hostileRun(sent));
      const { elements } = JSON.parse(/id="later">([\s\S]*?)<\/script>/.exec(hostile)![1]!) as Packed;
      expect(elements.map(([tag]) => tag.split('.')[0]!).filter((tag) => !known.has(tag))).toEqual([]);
      expect(
        elements
          .flatMap(([, own]) => (typeof own === 'object' ? Object.keys(own) : []))
          .filter((name) => /^(on|src$|style$)/.test(name)),
      ).toEqual([]);
      expect(hostile.isWellFormed()).toBe(true);
      expect(tags(hostile).filter((name) => !known.has(name))).toEqual([]);
      expect(tags(hostile).filter((name) => name === 'script')).toHaveLength(2);
      expect(/ (?:src|style|on[a-z]+)=| href="(?!#)/.test(starts(hostile))).toBe(false);
      // eslint-disable-next-line no-control-regex
      expect(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/.test(hostile)).toBe(false);
    };
    for (const one of HOSTILE) check(one);
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

  it('stays below 1.5 MB with half a megabyte in every text', () => {
    for (const one of ['"', '<', 'x'])
      expect(Buffer.byteLength(renderPage(hostileRun(one.repeat(500_000))))).toBeLessThan(1_500_000);
  });

  it('stays below 1.5 MB with 100,000 events, and is made in seconds', async () => {
    const run = longRun(100_000);
    let long = '';
    const effort = await effortMs(() => {
      long = renderPage(run);
    });
    expect(effort).toBeLessThan(15_000);
    expect(Buffer.byteLength(long)).toBeLessThan(1_500_000);
    long = wholePage(long);
    expect(/Also in history\.jsonl: \d{4,} exchanges/.test(long)).toBe(true);
    for (const target of fragments(long)) expect(long.includes(` id="${target}"`)).toBe(true);
  });

  it('shows all evidence of a finding when asked, however much it is, and loads with three lines of it', () => {
    const { report, history } = longRun(4_000);
    const cited = history
      .filter(({ kind, scenario }) => kind === 'request' && scenario === 'herd')
      .map(({ seq }) => seq);
    expect(cited.length).toBeGreaterThan(700);
    const [first, ...others] = report.checks.filter(({ id }) => id === 'RACE-01');
    const [scenario] = first!.scenarios;
    const race = { ...first!, scenarios: [{ ...scenario!, evidence: cited }] };
    expect(others).toEqual([]);
    const made = renderPage({ report: { ...report, checks: [race] }, history });
    const all = wholePage(made);
    expect(all).toContain(`Show all ${String(cited.length)}`);
    for (const seq of cited) expect(all).toContain(`<span class="seq">#${String(seq)}</span>`);
    const [shown = ''] = /<ol class="events">.*?<\/ol>/s.exec(made) ?? [];
    expect(shown.split('<li>')).toHaveLength(4);
  });
});

describe('the signature', () => {
  const { report, history: whole } = sampleRun();
  const history = whole.filter(({ kind }) => kind !== 'run-end');
  const integrity = { algorithm: 'Ed25519', publicKey: 'KEY', signature: 'report.sig' } as const;
  const words = (change: Partial<typeof report>, ...end: typeof history): string =>
    wholePage(renderPage({ report: { ...report, integrity, ...change }, history: [...history, ...end] }));
  const ended = { seq: 9_999, t: 1, scenario: '', prev: '', kind: 'run-end', outcome: 'completed' } as const;

  it.each([
    ['non-compliant', 'FAILED'],
    ['compliant', 'WARNED'],
  ] as const)('says of a %s run what the statement for other tools is', (verdict, result) => {
    const text = words({ verdict }, ended);
    expect(text).toContain('report.sig holds the SHA-256 of every file of this run, signed with the key above.');
    expect(text).toContain(`attestation.intoto.json says the result, ${result},`);
    expect(text).toContain('in-toto statement');
    expect(text).toContain('DSSE envelope');
  });

  it('says why a run has no such statement', () => {
    for (const text of [words({ verdict: 'partial' }, ended), words({ verdict: 'non-compliant' })])
      expect(text).toContain('There is no in-toto statement: it could only say passed, warned or failed');
    expect(words({ integrity: { ...integrity, publicKey: '', unsigned: 'its chain is broken' } })).not.toContain(
      'in-toto',
    );
  });
});
