import { expect, test } from 'vitest';
import type { Check, Finding, Verdict } from './check.ts';
import { checkThat, found } from './history.test-support.ts';
import type { Judgement } from './judgement.ts';
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

const causes = (judgements: readonly Judgement[]) =>
  withRootCauses(judgements).map(({ verdict, blockedBy, message }) => [verdict, blockedBy, message]);

const unmet: Finding = { verdict: 'fail', message: 'not met', evidence: [1] };
const noted: Finding = { verdict: 'warn', message: 'met with a note', evidence: [1] };

test('leaves open what failed, or was not seen, because an observation was broken that another check owns', () => {
  const verdicts = ['fail', 'warn', 'inconclusive', 'pass', 'info', 'review', 'skip', 'error'] as const;
  const root = judged('A-01', 'fail', { shows: ['chain-kept'] });
  expect(
    causes([root, ...verdicts.map((one) => judged('B-01', one, { relies: ['chain-kept'] }))])
      .slice(1)
      .map(([verdict, blockedBy]) => [verdict, blockedBy]),
  ).toEqual([
    ['inconclusive', 'A-01'],
    ['inconclusive', 'A-01'],
    ['inconclusive', 'A-01'],
    ...verdicts.slice(3).map((one) => [one, undefined]),
  ]);
});

test('believes in no cause that has not failed itself', () => {
  for (const verdict of ['pass', 'warn', 'info', 'review', 'skip', 'inconclusive', 'error'] as const) {
    const own = judged('B-01', 'fail', { relies: ['chain-kept'], finding: found('fail', { broken: ['chain-kept'] }) });
    expect(withRootCauses([judged('A-01', verdict, { shows: ['chain-kept'] }), own])[1]).toBe(own);
  }
  const named = judged('B-01', 'inconclusive', { finding: found('inconclusive', { blockedBy: 'A-01' }) });
  expect(withRootCauses([judged('A-01', 'pass'), named])[1]).toBe(named);
  expect(withRootCauses([judged('A-01', 'fail'), named])[1]).toEqual({ ...named, blockedBy: 'A-01' });
  expect(withRootCauses([judged('A-01', 'warn', { level: 'SHOULD', finding: unmet }), named])[1]?.blockedBy).toBe(
    'A-01',
  );
});

test('keeps the sentence of the check, its scenarios and its evidence', () => {
  const blocked = judged('C-01', 'fail', { relies: ['chain-kept'] });
  expect(withRootCauses([judged('A-01', 'fail', { shows: ['chain-kept'] }), blocked])[1]).toEqual({
    ...blocked,
    verdict: 'inconclusive',
    blockedBy: 'A-01',
    message: 'Blocked by A-01: C-01 is fail',
  });
});

test('names the first broken observation: what failed because of another check is no cause itself', () => {
  const chain = [
    judged('A-01', 'fail', { shows: ['refresh-after-401'] }),
    judged('B-01', 'fail', { shows: ['new-token-kept'], relies: ['refresh-after-401'] }),
    judged('C-01', 'inconclusive', { shows: ['chain-kept'], relies: ['new-token-kept'] }),
    judged('D-01', 'fail', { relies: ['chain-kept'] }),
  ];
  expect(withRootCauses(chain).map(({ blockedBy }) => blockedBy)).toEqual([undefined, 'A-01', 'A-01', 'A-01']);
});

test('takes an observation for intact whose owner passed, whatever came before it', () => {
  const chain = [
    judged('A-01', 'fail', { shows: ['refresh-after-401'] }),
    judged('B-01', 'pass', { shows: ['new-token-kept'], relies: ['refresh-after-401'] }),
    judged('C-01', 'fail', { relies: ['new-token-kept'] }),
  ];
  expect(withRootCauses(chain).map(({ blockedBy }) => blockedBy)).toEqual([undefined, undefined, undefined]);
});

test('asks first what the finding itself saw broken, and only about what the owner has found broken', () => {
  const both = ['refresh-survived', 'chain-kept'] as const;
  const owner = judged('A-01', 'fail', { shows: both, finding: found('fail', { breaks: ['chain-kept'] }) });
  const other = judged('B-01', 'fail', { shows: ['tokens-durable'] });
  const cause = (more: Partial<Check>, broken: Finding['broken']) =>
    withRootCauses([owner, other, judged('C-01', 'fail', { ...more, finding: found('fail', { broken }) })])[2]
      ?.blockedBy;
  expect(cause({ relies: ['refresh-survived'] }, [])).toBeUndefined();
  expect(cause({ relies: ['chain-kept'] }, [])).toBe('A-01');
  expect(cause({ relies: ['chain-kept'] }, ['tokens-durable'])).toBe('B-01');
});

test('lets a SHOULD that is not met explain another SHOULD, but no MUST, and one that is met with a note explain nothing', () => {
  const cause = (finding: Finding, level: Check['level'], verdict: Verdict = level === 'MUST' ? 'fail' : 'warn') =>
    withRootCauses([
      judged('A-01', 'warn', { level: 'SHOULD', finding, shows: ['chain-kept'] }),
      judged('B-01', verdict, { level, relies: ['chain-kept'] }),
    ])[1]?.blockedBy;
  expect([cause(unmet, 'SHOULD'), cause(unmet, 'MUST'), cause(noted, 'SHOULD')]).toEqual([
    'A-01',
    undefined,
    undefined,
  ]);
  expect(cause(unmet, 'SHOULD', 'inconclusive')).toBe('A-01');
  expect(cause(unmet, 'MUST', 'inconclusive')).toBeUndefined();
});

test('lets a SHOULD that is not met explain a MUST whose own finding saw it broken', () => {
  const cause = (finding: Finding) =>
    withRootCauses([
      judged('A-01', 'warn', { level: 'SHOULD', finding: unmet, shows: ['refreshes-after-failure'] }),
      judged('B-01', 'fail', { relies: ['refreshes-after-failure'], finding }),
    ])[1]?.blockedBy;
  expect(cause(found('fail', { broken: ['refreshes-after-failure'] }))).toBe('A-01');
  expect(cause(found('fail', {}))).toBeUndefined();
});

test('of two checks that rely on each other the earlier one stays', () => {
  const circle = [
    judged('A-01', 'fail', { shows: ['chain-kept'], relies: ['tokens-durable'] }),
    judged('B-01', 'fail', { shows: ['tokens-durable'], relies: ['chain-kept'] }),
  ];
  expect(withRootCauses(circle).map(({ blockedBy }) => blockedBy)).toEqual([undefined, 'A-01']);
});

test('leaves a finding open that takes for granted what was never seen', () => {
  const assuming = judged('B-01', 'fail', { finding: found('fail', { assumes: ['refresh-after-401'] }) });
  const whenOwner = (verdict: Verdict) =>
    causes([judged('A-01', verdict, { shows: ['refresh-after-401'] }), assuming])[1];
  expect(whenOwner('inconclusive')).toEqual(['inconclusive', undefined, 'Open as A-01 is: B-01 is fail']);
  for (const verdict of ['pass', 'fail', 'skip'] as const) expect(whenOwner(verdict)?.[0]).toBe('fail');
});

test('names no cause for what the driver cannot do', () => {
  const unable: Judgement = { ...judged('B-01', 'inconclusive', { relies: ['chain-kept'] }), unable: true };
  expect(withRootCauses([judged('A-01', 'fail', { shows: ['chain-kept'] }), unable])[1]).toBe(unable);
});
