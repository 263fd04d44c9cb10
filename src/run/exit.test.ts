import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runVerdict } from '../grade/verdict.ts';
import { exitCode, type Ending } from './exit.ts';

type Check = Ending['checks'][number];
const must = (verdict: Check['verdict'], accepted = false): Check => ({ level: 'MUST', verdict, accepted });
const should = (verdict: Check['verdict'], accepted = false): Check => ({ level: 'SHOULD', verdict, accepted });

function codeOf(checks: readonly Check[], rest: Partial<Ending> = {}, whole = true): number {
  const graded = checks.map((check) => ({ ...check, suite: 'pkce' }));
  const verdict = runVerdict(graded, { whole, interrupted: false });
  return exitCode({ verdict, checks, failOn: 'must', baselineOutdated: false, ...rest });
}

describe('the contract’s table', () => {
  it.each<[string, number, readonly Check[], Partial<Ending>]>([
    ['compliant', 0, [must('pass'), must('warn'), must('review'), should('warn')], {}],
    ['a MUST failed', 1, [must('fail'), must('pass')], {}],
    ['a MUST failed, others were never tested', 1, [must('fail'), must('inconclusive')], {}],
    ['a MUST was never exercised', 3, [must('pass'), must('inconclusive')], {}],
    ['nothing applied', 3, [must('skip')], {}],
    ['a SHOULD was never exercised', 0, [must('pass'), should('inconclusive')], {}],
    ['the harness failed', 70, [must('pass'), must('error')], {}],
    ['the harness failed at a SHOULD', 70, [must('pass'), should('error')], {}],
    ['the harness failed and a MUST too', 1, [must('fail'), must('error')], {}],
    ['interrupted by SIGINT', 130, [must('fail')], { interrupted: 'SIGINT' }],
    ['interrupted by SIGTERM', 143, [must('error')], { interrupted: 'SIGTERM' }],
    ['a SHOULD failed, only MUST counts', 0, [must('pass'), should('fail')], {}],
    ['a SHOULD failed and counts', 1, [must('pass'), should('fail')], { failOn: 'should' }],
    [
      'a SHOULD failed and counts, a MUST was never tested',
      1,
      [must('inconclusive'), should('fail')],
      { failOn: 'should' },
    ],
    ['failures never count', 0, [must('fail'), should('fail'), must('inconclusive')], { failOn: 'never' }],
    ['open questions never count', 0, [must('inconclusive')], { failOn: 'never' }],
    ['failures never count, faults of the harness do', 70, [must('fail'), must('error')], { failOn: 'never' }],
    ['the failure is known', 0, [must('fail', true), must('pass')], {}],
    ['the failure is known, others were never tested', 0, [must('fail', true), must('inconclusive')], {}],
    ['one failure is known, one is not', 1, [must('fail', true), must('fail')], {}],
    ['the SHOULD’s failure is known', 0, [must('pass'), should('fail', true)], { failOn: 'should' }],
    ['the failure is known, the harness failed', 70, [must('fail', true), must('error')], {}],
    ['the baseline is outdated', 1, [must('pass')], { baselineOutdated: true }],
    ['the baseline is outdated, a MUST was never tested', 1, [must('inconclusive')], { baselineOutdated: true }],
    ['the baseline is outdated, nothing counts', 0, [must('pass')], { baselineOutdated: true, failOn: 'never' }],
  ])('%s: %i', (_, code, checks, rest) => {
    expect(codeOf(checks, rest)).toBe(code);
  });
});

it.each<[string, number, readonly Check[], Partial<Ending>]>([
  ['passed', 0, [must('pass'), should('warn')], {}],
  ['a MUST failed', 1, [must('fail')], {}],
  ['a MUST is open', 3, [must('inconclusive')], {}],
  ['a SHOULD failed and counts', 1, [must('pass'), should('fail')], { failOn: 'should' }],
  ['interrupted', 130, [must('pass')], { interrupted: 'SIGINT' }],
])('of a part of the checks, %s: %i', (_, code, checks, rest) => {
  expect(codeOf(checks, rest, false)).toBe(code);
});

it('is never 0 when a MUST failed that was not accepted', () => {
  const verdict = fc.constantFrom<Check['verdict']>(
    'pass',
    'fail',
    'warn',
    'info',
    'review',
    'skip',
    'inconclusive',
    'error',
  );
  const check = fc.record({
    level: fc.constantFrom<Check['level']>('MUST', 'SHOULD', 'INFO'),
    verdict,
    accepted: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(check),
      fc.constantFrom('must' as const, 'should' as const),
      fc.boolean(),
      (checks, failOn, baselineOutdated) => {
        const code = codeOf([...checks, must('fail')], { failOn, baselineOutdated });
        expect(code).toBe(1);
      },
    ),
  );
});
