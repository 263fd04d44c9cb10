import { expect, test } from 'vitest';
import { runFacts } from '../../test-kit/run-facts.ts';
import { createTape } from '../../test-kit/tape.ts';
import type { EventOf, ActionEnd } from '../history/event.ts';
import type { ScenarioHistory } from '../history/query.ts';
import type { Check, Finding, RunFacts } from './check.ts';
import { checkThat, found } from './history.test-support.ts';
import { judgeCheck } from './judge.ts';

type ScenarioOutcome = EventOf<'scenario-end'>['outcome'];

interface ScenarioResult {
  readonly actions?: readonly (Partial<ActionEnd> & Pick<ActionEnd, 'name'>)[];
  readonly outcome?: ScenarioOutcome;
  readonly detail?: string;
}

function played(id: string, { actions = [], outcome = 'completed', detail }: ScenarioResult = {}): ScenarioHistory {
  const tape = createTape(id);
  for (const { name, ...end } of actions) tape.action(name)(end);
  tape.add({ kind: 'scenario-end', outcome, durationMs: 1, ...(detail !== undefined && { detail }) });
  return tape.history();
}

const judge = (
  check: Check,
  scenarios: readonly ScenarioHistory[] = [played('login'), played('logins')],
  facts: RunFacts = runFacts(),
) => judgeCheck(check, new Map(scenarios.map((one) => [one.id, one])), facts);

const concluding = (byScenario: Readonly<Record<string, Finding | undefined>>, more: Partial<Check> = {}) =>
  checkThat('A-01', ({ id }) => byScenario[id], more);

const able = (abilities: RunFacts['begin']['abilities']): RunFacts => {
  const facts = runFacts();
  return { ...facts, begin: { ...facts.begin, abilities } };
};

test('the first scenario with the worst verdict decides; every one is listed with its own words, those that decided first', () => {
  const check = concluding({
    login: found('pass'),
    logins: found('fail', { message: 'first', diagnosis: 'why', evidence: [4, 2] }),
    more: found('fail', { message: 'second' }),
  });
  const result = judge({ ...check, scenarios: ['login', 'logins', 'more'] }, [
    played('login'),
    played('logins'),
    played('more'),
  ]);
  expect(result).toMatchObject({ verdict: 'fail', message: 'first', finding: { diagnosis: 'why' } });
  expect(result.scenarios).toEqual([
    { id: 'logins', verdict: 'fail', evidence: [4, 2], message: 'first' },
    { id: 'more', verdict: 'fail', evidence: [2], message: 'second' },
    { id: 'login', verdict: 'pass', evidence: [2], message: 'it is pass' },
  ]);
});

test('where nothing was concluded but that it stays open, that is the verdict; then that it does not apply', () => {
  const open = concluding({ login: found('skip'), logins: found('inconclusive', { message: 'it hung' }) });
  expect(judge(open)).toMatchObject({ verdict: 'inconclusive', message: 'it hung' });
  expect(judge(concluding({ login: found('skip', { message: 'no tabs' }) }))).toMatchObject({
    ...{ verdict: 'skip', message: 'no tabs' },
    scenarios: [{ id: 'login', verdict: 'skip' }],
  });
  expect(judge(concluding({ login: found('inconclusive'), logins: found('pass') })).verdict).toBe('pass');
});

test('a check that throws is an error with its text and no evidence, and the other scenarios are judged all the same', () => {
  const check = checkThat('A-01', ({ id }) => {
    if (id === 'login') throw new Error('broken');
    return found('pass');
  });
  expect(judge(check)).toMatchObject({
    verdict: 'error',
    finding: { verdict: 'inconclusive', message: 'The check itself failed: broken', evidence: [] },
    scenarios: [
      { id: 'login', verdict: 'error' },
      { id: 'logins', verdict: 'pass' },
    ],
  });
});

test('a scenario that the harness broke is an error that names its end', () => {
  const broken = (detail?: string) => played('login', { outcome: 'error', ...(detail !== undefined && { detail }) });
  const nothing = checkThat('A-01', () => undefined);
  expect(judge(nothing, [broken('disk full')])).toMatchObject({
    verdict: 'error',
    message: 'The harness failed in the scenario login: disk full',
    finding: { verdict: 'inconclusive' },
    scenarios: [{ id: 'login', verdict: 'error', evidence: [2] }],
  });
  expect(judge(nothing, [broken()]).message).toContain('no reason is known');
  for (const verdict of ['pass', 'warn', 'review', 'info', 'inconclusive', 'skip'] as const) {
    expect(
      judge(
        checkThat('A-01', () => found(verdict)),
        [broken()],
      ).verdict,
    ).toBe('error');
  }
  expect(
    judge(
      checkThat('A-01', () => found('fail')),
      [broken()],
    ).verdict,
  ).toBe('fail');
  const elsewhere = concluding({ logins: found('pass') });
  expect(judge(elsewhere, [broken(), played('logins')])).toMatchObject({
    verdict: 'error',
    scenarios: [
      { id: 'login', verdict: 'error' },
      { id: 'logins', verdict: 'pass' },
    ],
  });
});

test('a need that the client declares unsupported is skip, and the answer is named', () => {
  const check = concluding({}, { needs: ['restart', 'disconnect'] });
  const answer = { name: 'disconnect', result: 'unsupported' } as const;
  expect(judge(check, [played('login'), played('logins', { actions: [answer] })])).toMatchObject({
    verdict: 'skip',
    message: 'The client answered that it has no `disconnect` (event 3).',
    scenarios: [],
  });
});

test('no other answer is a declaration: another action, another result, one that a person left out, a driver that cannot', () => {
  const check = concluding({}, { needs: ['disconnect'] });
  const verdictFor = (action: Partial<ActionEnd>, facts?: RunFacts) =>
    judge(check, [played('login', { actions: [{ name: 'disconnect', result: 'unsupported', ...action }] })], facts)
      .verdict;
  expect(verdictFor({ name: 'status' })).toBe('inconclusive');
  expect(verdictFor({ result: 'failed' })).toBe('inconclusive');
  expect(verdictFor({ skipped: true })).toBe('inconclusive');
  expect(verdictFor({}, able({ disconnect: false }))).toBe('inconclusive');
  expect(verdictFor({}, able({ disconnect: true }))).toBe('skip');
  expect(verdictFor({}, able({ status: false }))).toBe('skip');
});

test('a driver that cannot is distinguished from a client that was never asked', () => {
  const check = concluding({}, { needs: ['tabs', 'restart'] });
  expect(judge(check, [], able({ tabs: true, restart: false })).message).toBe(
    'The driver cannot `restart` this client as it is configured. Log in.',
  );
  expect(judge(check, [], able({ tabs: true })).message).toBe('Not exercised. Log in.');
});

test('a user of the command driver learns how to declare that there is no such thing', () => {
  const check = concluding({}, { needs: ['disconnect', 'tabs'] });
  const cannot = able({ disconnect: false });
  const message = (driver: string) => judge(check, [], { ...cannot, run: { ...cannot.run, driver } }).message;
  expect(message('command')).toContain('a `driver.disconnect` that exits with 89');
  expect(message('http')).toBe('The driver cannot `disconnect` this client as it is configured. Log in.');
  const tabs = able({ tabs: false });
  expect(judge(check, [], { ...tabs, run: { ...tabs.run, driver: 'command' } }).message).not.toContain('89');
});

test('what ended early is named, the first of what was run', () => {
  const check = concluding({}, { scenarios: ['herd', 'login', 'logins', 'tabs'] });
  const message = (...scenarios: readonly ScenarioHistory[]) => judge(check, scenarios).message;
  expect(message(played('login'), played('logins', { outcome: 'timed-out', detail: 'No answer.' }))).toBe(
    'Not exercised. Log in. The scenario logins ended early: No answer.',
  );
  expect(message(played('login', { outcome: 'timed-out' }), played('logins'))).toBe('Not exercised. Log in.');
  expect(
    message(
      played('logins', { outcome: 'crashed', detail: 'One.' }),
      played('tabs', { outcome: 'timed-out', detail: 'Two.' }),
    ),
  ).toContain('The scenario logins ended early: One.');
});

test('what the harness has done already is not asked of the reader: the message counts what came instead', () => {
  const check = concluding({});
  const call = { name: 'call' } as const;
  expect(judge(check, [played('login', { actions: [call] }), played('logins', { actions: [call] })]).message).toBe(
    'Not exercised. The harness prepared it (login, logins), but the client did not come to it: 2 calls, 0 API requests and 0 refreshes were seen.',
  );
  const manual = runFacts();
  expect(judge(check, [played('login')], { ...manual, run: { ...manual.run, driver: 'manual' } }).message).toBe(
    'Not exercised. Log in.',
  );
});

test('a driver that cannot for want of a setting names the setting', () => {
  const message = (need: 'tabs' | 'restart', driver: string) => {
    const cannot = able({ [need]: false });
    return judge(concluding({}, { needs: [need] }), [], { ...cannot, run: { ...cannot.run, driver } }).message;
  };
  expect(message('tabs', 'browser')).toContain('Set `driver.tabs` to 2');
  expect(message('restart', 'http')).toContain('Set `driver.start`');
  expect(message('restart', 'adapter')).not.toContain('Set');
});

test('a check that does not apply is not asked', () => {
  const check = concluding({ login: found('fail') }, { skip: ({ app }) => `It is ${app.client}.` });
  expect(judge(check)).toMatchObject({ verdict: 'skip', message: 'It is public.', finding: undefined, scenarios: [] });
});

test('what the harness cut off decides nothing; other evidence does', () => {
  const cut = played('login', { actions: [{ name: 'call', result: 'interrupted' }] });
  const [end] = cut.of('verb-end');
  const resting = (evidence: readonly number[]) => judge(concluding({ login: found('fail', { evidence }) }), [cut]);
  expect(resting([end?.seq ?? 0])).toMatchObject({
    verdict: 'inconclusive',
    message: 'The harness ended the client before it had answered, which says nothing of the client.',
  });
  expect(resting([1, end?.seq ?? 0])).toMatchObject({ verdict: 'fail' });
});

test('a check that an interrupted run did not exercise says so, and another one says what is missing', () => {
  const check = concluding({});
  const facts = { ...runFacts(), interrupted: true };
  const said = (scenarios: readonly ScenarioHistory[]) => judge(check, scenarios, facts);
  const whole = [played('login'), played('logins')];
  for (const scenarios of [[], [played('login')], [played('login'), played('logins', { outcome: 'interrupted' })]]) {
    expect(said(scenarios)).toMatchObject({ verdict: 'inconclusive', message: 'The run was interrupted.' });
  }
  expect(said(whole).message).not.toContain('interrupted');
  expect(judge(check, whole.slice(1)).message).not.toContain('interrupted');
});

test('an action that was given less time than others, because the client had hung before, decides nothing but whether calls are answered', () => {
  const facts = runFacts();
  const judged = (limitMs: number, more: Partial<Check> = {}) => {
    const scenario = played('login', { actions: [{ name: 'call', result: 'timed-out', limitMs }] });
    const [end] = scenario.of('verb-end');
    const check = checkThat('A-01', () => found('fail', { evidence: [end?.seq ?? 0, 1] }), more);
    return judge({ ...check, scenarios: ['login'] }, [scenario], facts);
  };
  expect(judged(facts.run.timeoutMs).verdict).toBe('fail');
  expect(judged(2_000)).toMatchObject({ verdict: 'inconclusive', finding: { broken: ['calls-answered'] } });
  expect(judged(2_000).message).toContain('less than `run.timeoutMs`');
  expect(judged(2_000, { shows: ['calls-answered'] }).verdict).toBe('fail');
});
