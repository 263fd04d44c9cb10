import { describe, expect, it } from 'vitest';
import type { Event, EventBody, EventOf, Selection } from '../history/event.ts';
import type { Check, Finding } from './check.ts';
import { grade } from './grade.ts';
import type { RunVerdict } from './report.ts';
import { checkThat, found, historyOf } from './history.test-support.ts';

const gradeOne = (check: Check, begin: Partial<EventOf<'run-begin'>> = {}) =>
  grade(historyOf(begin, { login: [], logins: [] }), { checks: [check], requirements: [] }).checks[0];

describe('grade', () => {
  it('takes the worst of the scenarios that put a check to the test', () => {
    const check = checkThat('A-01', ({ id }) => (id === 'login' ? found('pass') : found('fail')));
    expect(gradeOne(check)).toMatchObject({
      verdict: 'fail',
      message: 'it is fail',
      remedy: 'Fix it.',
      scenarios: [
        { id: 'logins', verdict: 'fail' },
        { id: 'login', verdict: 'pass' },
      ],
    });
  });

  it('reads no scenario that a check does not declare', () => {
    const check = checkThat('A-01', () => found('fail'), { scenarios: ['herd'] });
    expect(gradeOne(check)?.verdict).toBe('inconclusive');
  });

  it('leaves out scenarios in which the thing never happened', () => {
    const check = checkThat('A-01', ({ id }) => (id === 'login' ? undefined : found('pass')));
    expect(gradeOne(check)).toMatchObject({ verdict: 'pass', scenarios: [{ id: 'logins' }] });
    expect(gradeOne(checkThat('A-01', () => undefined))).toMatchObject({ verdict: 'inconclusive', scenarios: [] });
  });

  it('a check that throws is an error, not a verdict on the client', () => {
    const check = checkThat('A-01', () => {
      throw new Error('broken');
    });
    expect(gradeOne(check)).toMatchObject({ verdict: 'error' });
  });

  it('a scenario that the harness broke is an error, unless it shows something all the same', () => {
    const broken = historyOf({}, { login: [] }).map((event): Event =>
      event.kind === 'scenario-end' ? { ...event, outcome: 'error', detail: 'boom' } : event,
    );
    const of = (judge: Check['judge']) =>
      grade(broken, { checks: [checkThat('A-01', judge)], requirements: [] }).checks[0];
    expect(of(() => undefined)).toMatchObject({ verdict: 'error', message: expect.stringContaining('boom') as string });
    expect(of(() => found('fail'))?.verdict).toBe('fail');
  });

  it('what was not selected is skip, and the report says that it is partial', () => {
    const events = historyOf({ selection: { suites: ['rtr'] } }, { login: [] });
    const report = grade(events, { checks: [checkThat('A-01', () => found('fail'))], requirements: [] });
    expect(report.checks[0]).toMatchObject({ verdict: 'skip', reason: 'not-selected' });
    expect(report.run.partial).toBe(true);
  });

  it.each<[string, Selection, RunVerdict]>([
    ['everything', {}, 'compliant'],
    ['all suites with a MUST that applies', { suites: ['pkce'] }, 'compliant'],
    ['the only shard', { shard: '1/1', scenarios: ['login'] }, 'compliant'],
    ['not the MUST of another check', { grep: 'A-02' }, 'partial'],
    ['one of two shards', { shard: '1/2', scenarios: ['login'] }, 'partial'],
    ['one scenario', { scenarios: ['login'] }, 'partial'],
  ])('the verdict of a run that selected %s', (_, selection, verdict) => {
    const good = () => found('pass');
    const checks = [
      checkThat('A-01', good),
      checkThat('A-02', good, { level: 'SHOULD' }),
      checkThat('B-01', good, { suite: 'rtr', level: 'SHOULD' }),
      checkThat('C-01', good, { suite: 'rtr', skip: () => 'It is public.' }),
      checkThat('S-01', good, { suite: 'settings', scenarios: ['settings'] }),
    ];
    const report = grade(historyOf({ selection }, { login: [] }), { checks, requirements: [] });
    expect(report.verdict).toBe(verdict);
    if (verdict === 'partial')
      expect(report.summary).toMatch(/^Selected checks passed \(\d of 5\): not a statement of compliance/);
  });

  it('the verdict of an unfinished run is at best inconclusive, and says why', () => {
    for (const selection of [{}, { grep: 'A-02' }]) {
      const checks = [checkThat('A-01', () => found('pass')), checkThat('A-02', () => found('pass'))];
      const events = historyOf({ selection }, { login: [] }).slice(0, -1);
      const { verdict, summary } = grade(events, { checks, requirements: [] });
      expect(verdict).toBe('inconclusive');
      expect(summary).toContain('but the run was interrupted.');
    }
  });

  it('a check that does not apply is skip with its reason', () => {
    expect(gradeOne(checkThat('A-01', () => found('fail'), { skip: () => 'It is public.' }))).toMatchObject({
      verdict: 'skip',
      reason: 'not-applicable',
      message: 'It is public.',
    });
  });

  it('an unsupported answer is a declaration; a driver that cannot is not', () => {
    const unsupported: EventBody = {
      kind: 'verb-end',
      verb: 1,
      name: 'disconnect',
      process: 'P1',
      result: 'unsupported',
    };
    const check = checkThat('A-01', () => undefined, { needs: ['disconnect'] });
    const catalogue = { checks: [check], requirements: [] };
    expect(grade(historyOf({}, { login: [unsupported] }), catalogue).checks[0]?.verdict).toBe('skip');
    const cannot = historyOf({ abilities: { disconnect: false } }, { login: [] });
    expect(grade(cannot, catalogue).checks[0]).toMatchObject({ verdict: 'inconclusive' });
  });

  it('one cause, one failure: what a blocker explains is inconclusive and names it', () => {
    const root = checkThat('A-01', () => found('fail'), { shows: ['chain-kept'] });
    const failing = checkThat('A-02', () => found('fail'), { relies: ['chain-kept'] });
    const passing = checkThat('A-03', () => found('pass'), { relies: ['chain-kept'] });
    const untested = checkThat('A-04', () => undefined, { relies: ['chain-kept'] });
    const report = grade(historyOf({}, { login: [] }), {
      checks: [root, failing, passing, untested],
      requirements: [],
    });
    expect(report.checks.map(({ verdict, blockedBy }) => [verdict, blockedBy])).toEqual([
      ['fail', undefined],
      ['inconclusive', 'A-01'],
      ['pass', undefined],
      ['inconclusive', 'A-01'],
    ]);
  });

  it('a history without an end, or with an interrupt, is partial', () => {
    const whole = historyOf({}, { login: [] });
    const catalogue = { checks: [], requirements: [] };
    expect(grade(whole.slice(0, -1), catalogue).run.partial).toBe(true);
    expect(grade(whole, catalogue).run.partial).toBe(false);
  });

  it('observes when strict refused something, not when rotation did', () => {
    const answer = (deniedBy: string): EventBody => ({
      kind: 'response',
      exchange: 1,
      endpoint: 'token',
      status: 400,
      delivered: 'complete',
      deniedBy,
    });
    const observed = (deniedBy: string) =>
      grade(historyOf({}, { strict: [answer(deniedBy)] }), { checks: [], requirements: [] }).run.observed;
    expect(observed('missing-challenge')).toBe(true);
    expect(observed('refresh-token-reuse')).toBe(false);
  });

  it('an attested requirement is shown as attested while it holds, and never as passed', () => {
    const requirement = {
      id: 'SF-INCIDENT-REPORTING',
      title: 'x',
      rule: 'x',
      source: 'x',
      due: '2026-05-11',
      answeredBy: 'people',
      checks: [],
    } as const;
    const verdict = (until: string) =>
      grade(
        historyOf(
          { attestations: { 'SF-INCIDENT-REPORTING': { by: 'A', at: '2025-01-01', proof: 'wiki', until } } },
          {},
        ),
        { checks: [], requirements: [requirement] },
      ).requirements[0]?.verdict;
    expect(verdict('2026-12-31')).toBe('attested');
    expect(verdict('2025-06-01')).toBe('review');
  });

  it('refuses what does not begin as a run', () => {
    const message = 'A history begins with a run-begin event.';
    expect(() => grade([], { checks: [], requirements: [] })).toThrow(message);
    expect(() => grade(historyOf({}, {}).slice(1), { checks: [], requirements: [] })).toThrow(message);
  });

  it('says all of it: who was judged, with what, what came of it and what it rests on', () => {
    const failing = checkThat('A-01', () => found('fail', { diagnosis: 'why', remedy: 'Do better.' }), {
      ...{ why: 'It matters.', references: ['RFC 6749'], requirements: ['SF-Y', 'SF-X'], scenarios: ['login'] },
    });
    const passing = checkThat('B-01', () => found('pass'), { scenarios: ['login'], why: 'So.' });
    const requirement = { title: 'T', rule: 'R', source: 'S', due: '2026-05-11', answeredBy: 'checks' } as const;
    const report = grade(historyOf({}, { login: [] }), {
      checks: [failing, passing],
      requirements: [
        { ...requirement, id: 'SF-X', checks: ['A-01', 'B-01'] },
        { ...requirement, id: 'SF-Z', checks: ['B-01'] },
      ],
    });
    const words = { rule: 'R', source: 'S', due: '2026-05-11', title: 'T' };
    expect(report).toStrictEqual({
      schemaVersion: 1,
      tool: { name: 'sf-conformance', version: '0.0.0' },
      app: { name: 'Acme Sync', kind: 'external-client-app', client: 'public' },
      run: {
        ...{ id: 'test', startedAt: '2026-01-01T00:00:00.000Z', durationMs: 3, seed: 1, quietMs: 300, holdMs: 5_000 },
        ...{ timeoutMs: 30_000, herd: 8, policy: 'strict', rotation: 'salesforce', driver: 'adapter' },
        ...{ rules: 'sf-partner-2026-05', observed: false, partial: false },
      },
      verdict: 'non-compliant',
      requirements: [
        { id: 'SF-X', ...words, verdict: 'fail', checks: ['A-01', 'B-01'] },
        { id: 'SF-Z', ...words, verdict: 'pass', checks: ['B-01'] },
      ],
      checks: [
        {
          ...{ id: 'A-01', suite: 'pkce', level: 'MUST', title: 'A-01', references: ['RFC 6749'] },
          ...{ requirements: ['SF-X'], verdict: 'fail', message: 'it is fail', diagnosis: 'why' },
          ...{ remedy: 'Do better.', why: 'It matters.' },
          scenarios: [{ id: 'login', verdict: 'fail', evidence: [2], message: 'it is fail' }],
        },
        {
          ...{ id: 'B-01', suite: 'pkce', level: 'MUST', title: 'B-01', references: [] },
          ...{ requirements: ['SF-X', 'SF-Z'], verdict: 'pass', message: 'it is pass', why: 'So.' },
          scenarios: [{ id: 'login', verdict: 'pass', evidence: [2], message: 'it is pass' }],
        },
      ],
      scenarios: [{ id: 'login', title: 'The scenario login', outcome: 'completed', durationMs: 1 }],
      history: 'history.jsonl',
      summary: 'Not compliant: 1 of 2 required behaviours failed (A-01).',
      notGraded: [],
    });
  });

  it('a remedy is given where something is wanting, the check’s own unless there is a better one', () => {
    const remedy = (verdict: Finding['verdict'], more: Partial<Finding> = {}) =>
      gradeOne(checkThat('A-01', () => found(verdict, more)))?.remedy;
    expect((['fail', 'warn', 'review'] as const).map((one) => remedy(one))).toEqual(['Fix it.', 'Fix it.', 'Fix it.']);
    expect((['pass', 'info', 'inconclusive', 'skip'] as const).map((one) => remedy(one))).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
    expect(remedy('fail', { remedy: 'Better.' })).toBe('Better.');
  });

  it('observes when strict refused one answer among others', () => {
    const answers = ['missing-challenge', undefined].map((deniedBy, index): EventBody => ({
      ...{ kind: 'response', exchange: index, endpoint: 'token', status: 400, delivered: 'complete' },
      ...(deniedBy !== undefined && { deniedBy }),
    }));
    const observed = (strict: Readonly<Record<string, readonly EventBody[]>>) =>
      grade(historyOf({}, strict), { checks: [], requirements: [] }).run.observed;
    expect(observed({ strict: answers })).toBe(true);
    expect(observed({ strict: answers.slice(1) })).toBe(false);
    expect(observed({ login: answers })).toBe(false);
    expect(observed({})).toBe(false);
  });
});
