import { describe, expect, it } from 'vitest';
import { atLevel, requirementVerdict, runVerdict, worst, type RunCoverage } from './verdict.ts';

describe('worst', () => {
  it('goes by the order of the contract', () => {
    expect(worst(['pass', 'warn', 'info'])).toBe('warn');
    expect(worst(['pass', 'review', 'warn'])).toBe('review');
    expect(worst(['error', 'review', 'pass'])).toBe('error');
    expect(worst(['error', 'fail'])).toBe('fail');
    expect(worst(['info', 'pass'])).toBe('pass');
  });

  it('leaves out what was not exercised', () => {
    expect(worst(['inconclusive', 'pass'])).toBe('pass');
    expect(worst(['inconclusive', 'skip'])).toBeUndefined();
    expect(worst([])).toBeUndefined();
  });
});

describe('atLevel', () => {
  it('a violated MUST fails, a violated SHOULD warns, a violated INFO is only reported', () => {
    expect(atLevel('fail', 'MUST', 'must')).toBe('fail');
    expect(atLevel('fail', 'SHOULD', 'must')).toBe('warn');
    expect(atLevel('fail', 'SHOULD', 'never')).toBe('warn');
    expect(atLevel('fail', 'INFO', 'should')).toBe('info');
  });

  it('--fail-on should makes a violated SHOULD fail, and leaves a note a note', () => {
    expect(atLevel('fail', 'SHOULD', 'should')).toBe('fail');
    expect(atLevel('warn', 'SHOULD', 'should')).toBe('warn');
    expect(atLevel('warn', 'MUST', 'must')).toBe('warn');
  });
});

describe('requirementVerdict', () => {
  it('is the worst of its checks; one that was never exercised is never green', () => {
    expect(requirementVerdict(['pass', 'inconclusive'])).toBe('inconclusive');
    expect(requirementVerdict(['pass', 'warn'])).toBe('warn');
    expect(requirementVerdict(['skip', 'pass'])).toBe('pass');
    expect(requirementVerdict(['skip', 'skip'])).toBe('skip');
    expect(requirementVerdict(['inconclusive', 'fail'])).toBe('fail');
  });

  it('is review when nothing answers it', () => {
    expect(requirementVerdict([])).toBe('review');
  });
});

describe('runVerdict', () => {
  const verdictOf = (checks: Parameters<typeof runVerdict>[0], coverage: Partial<RunCoverage> = {}) =>
    runVerdict(checks, { whole: true, interrupted: false, ...coverage });
  const must = (verdict: Parameters<typeof runVerdict>[0][number]['verdict'], suite = 'pkce') => ({
    level: 'MUST' as const,
    verdict,
    suite,
  });
  const should = (verdict: Parameters<typeof must>[0]) => ({ level: 'SHOULD' as const, verdict, suite: 'rtr' });

  it('one failed MUST is enough', () => {
    expect(verdictOf([must('pass'), must('fail'), must('inconclusive')])).toBe('non-compliant');
  });

  it('is compliant when every MUST that applies was judged', () => {
    expect(verdictOf([must('pass'), must('warn'), must('review'), must('info'), must('skip')])).toBe('compliant');
  });

  it('is compliant with any one of the verdicts that judge', () => {
    for (const verdict of ['pass', 'warn', 'review', 'info'] as const)
      expect(verdictOf([must(verdict)])).toBe('compliant');
  });

  it('is inconclusive when a MUST was never exercised, or nothing was judged', () => {
    expect(verdictOf([must('pass'), must('inconclusive')])).toBe('inconclusive');
    expect(verdictOf([must('pass'), must('error')])).toBe('inconclusive');
    expect(verdictOf([must('skip')])).toBe('inconclusive');
    expect(verdictOf([])).toBe('inconclusive');
    expect(verdictOf([must('skip'), should('inconclusive')])).toBe('inconclusive');
  });

  it('is compliant without a MUST when what was asked for was judged', () => {
    expect(verdictOf([must('skip'), should('pass'), should('inconclusive')])).toBe('compliant');
    expect(verdictOf([should('warn')])).toBe('compliant');
  });

  it('a SHOULD never decides', () => {
    expect(verdictOf([must('pass'), should('fail')])).toBe('compliant');
  });

  it('settings that cannot be determined do not keep a client from being compliant, settings that fail do', () => {
    expect(verdictOf([must('pass'), must('inconclusive', 'settings')])).toBe('compliant');
    expect(verdictOf([must('pass'), must('fail', 'settings')])).toBe('non-compliant');
  });

  it('is partial when nothing that was selected failed or is open, and a MUST was left out', () => {
    expect(verdictOf([must('pass'), must('skip')], { whole: false })).toBe('partial');
    expect(verdictOf([should('pass')], { whole: false })).toBe('partial');
    expect(verdictOf([must('pass'), must('fail')], { whole: false })).toBe('non-compliant');
    expect(verdictOf([must('pass'), must('inconclusive')], { whole: false })).toBe('inconclusive');
    expect(verdictOf([must('skip')], { whole: false })).toBe('inconclusive');
  });

  it('is at best inconclusive when the run was interrupted', () => {
    for (const whole of [true, false]) {
      expect(verdictOf([must('pass')], { whole, interrupted: true })).toBe('inconclusive');
      expect(verdictOf([must('fail')], { whole, interrupted: true })).toBe('non-compliant');
    }
  });
});
