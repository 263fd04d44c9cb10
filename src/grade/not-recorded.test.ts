import { describe, expect, it } from 'vitest';
import type { RunBegin } from '../history/event.ts';
import { grade } from './grade.ts';
import { checkThat, found, historyOf } from './history.test-support.ts';

const newer = checkThat('A-01', () => found('pass'), { scenarios: ['rotated-secret'], level: 'SHOULD' });
const older = checkThat('A-02', () => found('pass'));
const graded = (begin: Partial<RunBegin>, checks = [newer, older]) =>
  grade(historyOf(begin, { login: [] }), { checks, requirements: [] });

describe('a check whose scenario did not exist when the history was recorded', () => {
  it('is skip, and says to run again', () => {
    const { checks, verdict } = graded({});
    expect(checks[0]).toMatchObject({ verdict: 'skip', reason: 'not-recorded' });
    expect(checks[0]?.message).toContain('rotated-secret');
    expect(verdict).toBe('compliant');
  });

  it('is open where the version that recorded had the scenario and did not play it', () => {
    const { checks } = graded({ knownScenarios: ['login', 'rotated-secret'] });
    expect(checks[0]).toMatchObject({ verdict: 'inconclusive' });
  });

  it('is judged where another of its scenarios was recorded', () => {
    const { checks } = graded({}, [{ ...newer, scenarios: ['rotated-secret', 'login'] }]);
    expect(checks[0]).toMatchObject({ verdict: 'pass' });
  });

  it('keeps a run from being compliant when it is a MUST', () => {
    expect(graded({}, [{ ...newer, level: 'MUST' }, older]).verdict).toBe('partial');
  });
});

describe('the requirement set of a report', () => {
  it('is the one that the history names, or the first one', () => {
    const { run } = graded({});
    expect(run.rules).toBe('sf-partner-2026-05');
    const named = historyOf({}, { login: [] }).map((event) =>
      event.kind === 'run-begin' ? { ...event, run: { ...event.run, rules: 'sf-partner-2026-11' } } : event,
    );
    expect(grade(named, { checks: [older], requirements: [] }).run.rules).toBe('sf-partner-2026-11');
  });
});
