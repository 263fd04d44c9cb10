import { expect, test } from 'vitest';
import type { Check, Finding, Verdict } from './check.ts';
import { checkThat, found } from './history.test-support.ts';
import type { Judgement } from './judge.ts';
import { withRootCauses } from './root-causes.ts';

const judged = (
  id: string,
  verdict: Verdict,
  { finding, ...check }: Partial<Check> & { finding?: Finding } = {},
): Judgement => ({
  check: checkThat(id, () => undefined, check),
  verdict,
  finding,
  message: `${id} is ${verdict}`,
  scenarios: [{ id: 'login', verdict, evidence: [2] }],
});

const told = (judgements: readonly Judgement[]) =>
  withRootCauses(judgements).map(({ verdict, blockedBy, message }) => [verdict, blockedBy, message]);

test('only what did not go well is explained by a blocker that failed', () => {
  const blockers = ['A-01'];
  const verdicts = ['fail', 'warn', 'inconclusive', 'pass', 'info', 'review', 'skip', 'error'] as const;
  expect(
    told([judged('A-01', 'fail'), ...verdicts.map((one) => judged('B-01', one, { blockers }))])
      .slice(1)
      .map(([verdict, blockedBy]) => [verdict, blockedBy]),
  ).toEqual([
    ['inconclusive', 'A-01'],
    ['inconclusive', 'A-01'],
    ['inconclusive', 'A-01'],
    ...verdicts.slice(3).map((one) => [one, undefined]),
  ]);
});

test('nothing but a failure explains', () => {
  for (const verdict of ['pass', 'warn', 'info', 'review', 'skip', 'inconclusive', 'error'] as const) {
    const own = judged('B-01', 'fail', { blockers: ['A-01'] });
    expect(withRootCauses([judged('A-01', verdict), own])[1]).toBe(own);
  }
});

test('the first blocker that failed is named, the sentence of the check is kept, and so is what it rests on', () => {
  const blocked = judged('C-01', 'fail', { blockers: ['A-01', 'A-02', 'A-03'] });
  const [, , , last] = withRootCauses([
    judged('A-01', 'warn'),
    judged('A-02', 'fail'),
    judged('A-03', 'fail'),
    blocked,
  ]);
  expect(last).toEqual({
    ...blocked,
    verdict: 'inconclusive',
    blockedBy: 'A-02',
    message: 'Cannot be judged while A-02 fails: C-01 is fail',
  });
});

test('a finding that names its own blocker is believed, and its words stay', () => {
  const finding = found('inconclusive', { blockedBy: 'Z-01' });
  expect(told([judged('A-01', 'fail'), judged('B-01', 'inconclusive', { finding, blockers: ['A-01'] })])).toEqual([
    ['fail', undefined, 'A-01 is fail'],
    ['inconclusive', 'Z-01', 'B-01 is inconclusive'],
  ]);
  expect(told([judged('B-01', 'fail', { finding: found('fail', { blockedBy: 'Z-01' }) })])).toEqual([
    ['fail', undefined, 'B-01 is fail'],
  ]);
});

test('a SHOULD that is not met explains another SHOULD, but no MUST; one that is met with a note explains nothing', () => {
  const unmet: Finding = { verdict: 'fail', message: 'not met', evidence: [1] };
  const noted: Finding = { verdict: 'warn', message: 'met with a note', evidence: [1] };
  const cause = (finding: Finding, level: Check['level'], verdict: Verdict = level === 'MUST' ? 'fail' : 'warn') =>
    withRootCauses([
      judged('A-01', 'warn', { level: 'SHOULD', finding }),
      judged('B-01', verdict, { level, blockers: ['A-01'] }),
    ])[1]?.blockedBy;
  expect([cause(unmet, 'SHOULD'), cause(unmet, 'MUST'), cause(noted, 'SHOULD')]).toEqual([
    'A-01',
    undefined,
    undefined,
  ]);
  expect(cause(unmet, 'SHOULD', 'inconclusive')).toBe(undefined);
});

test('what failed because of another check explains nothing itself: the first cause is named', () => {
  const chain = [
    judged('A-01', 'fail'),
    judged('B-01', 'fail', { blockers: ['A-01'] }),
    judged('C-01', 'fail', { blockers: ['B-01'] }),
  ];
  expect(withRootCauses(chain).map(({ blockedBy }) => blockedBy)).toEqual([undefined, 'A-01', 'A-01']);
});

test('two checks that name each other as their blocker end there', () => {
  const circle = [judged('A-01', 'fail', { blockers: ['B-01'] }), judged('B-01', 'fail', { blockers: ['A-01'] })];
  expect(withRootCauses(circle).map(({ blockedBy }) => blockedBy)).toEqual(['B-01', 'A-01']);
});
