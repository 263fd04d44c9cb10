/** Histories in which several processes of the client are at work. */
import { describe, expect, test } from 'vitest';
import { createTape, secret, type ExchangeParts, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import noCrossTalk from './no-cross-talk.check.ts';
import nextCycle from './next-cycle.check.ts';
import oneRefresh from './one-refresh.check.ts';

const on = (connection: string, parts: ExchangeParts = {}): ExchangeParts => ({
  ...parts,
  request: { connection },
});

const refresh = (tape: Tape, label: string, family: string, parts: ExchangeParts = {}): number =>
  tape.token(
    {
      grantType: 'refresh_token',
      code: null,
      verifier: null,
      refreshToken: { ...secret(label), family, generation: 0, head: true },
    },
    parts,
  );

const call = (tape: Tape, family: string, parts: ExchangeParts = {}): number =>
  tape.resource(
    { accessToken: { ...secret(`AT of ${family}`), family, generation: 0, newest: true, alive: true } },
    parts,
  );

const begin = (tape: Tape, verb: number, name: 'authorize' | 'call', process: string, user = 'U1') => {
  tape.add({ kind: 'verb-begin', verb, name, process, user });
  return (result: 'ok' | 'failed' = 'ok') => tape.add({ kind: 'verb-end', verb, name, process, result });
};

describe('RACE-11', () => {
  /** Two users log in, in processes of their own or in one; then each has a call, during which `during` happens. */
  function judged(
    during: (tape: Tape, user: 'U1' | 'U2') => 'ok' | 'failed',
    processes: readonly [string, string] = ['P1', 'P2'],
  ) {
    const tape = createTape('two-users');
    let verb = 100;
    const started = new Set<string>();
    for (const [index, process] of processes.entries()) {
      const [user, family] = [`U${String(index + 1)}`, `F#${String(index + 1)}`];
      if (!started.has(process)) tape.add({ kind: 'process-begin', process });
      started.add(process);
      const end = begin(tape, (verb += 1), 'authorize', process, user);
      tape.authorize();
      tape.add({ kind: 'family', family, change: 'created', user });
      tape.token({}, on(`C-${process}`));
      end();
    }
    for (const [index, process] of processes.entries()) {
      const user = index === 0 ? 'U1' : 'U2';
      tape.add({ kind: 'phase', phase: 'user', detail: user });
      const end = begin(tape, (verb += 1), 'call', process, user);
      end(during(tape, user));
    }
    return noCrossTalk.judge(tape.history(), runFacts());
  }
  const own = (tape: Tape, user: 'U1' | 'U2') => {
    call(tape, user === 'U1' ? 'F#1' : 'F#2');
    return 'ok' as const;
  };

  test('lets another process refresh in the background during the call of a user', () => {
    const timer = (tape: Tape, user: 'U1' | 'U2') => {
      if (user === 'U1') refresh(tape, 'RT#9', 'F#2', on('C-P2'));
      return own(tape, user);
    };
    expect(judged(timer)).toMatchObject({ verdict: 'pass' });
  });

  test('lets a server refresh for its other user meanwhile', () => {
    const timer = (tape: Tape, user: 'U1' | 'U2') => {
      if (user === 'U1') refresh(tape, 'RT#9', 'F#2', on('C-P1'));
      return own(tape, user);
    };
    expect(judged(timer, ['P1', 'P1'])).toMatchObject({ verdict: 'pass' });
  });

  test.each([
    ['on a connection of its own process', ['P1', 'P2'] as const, 'C-P1'],
    ['on a new connection', ['P1', 'P2'] as const, 'C-new'],
    ['of a server for both users', ['P1', 'P1'] as const, 'C-P1'],
  ])('fails a call %s that carries the token of another user', (_, processes, connection) => {
    const mixed = (tape: Tape, user: 'U1' | 'U2') => {
      if (user === 'U2') return own(tape, user);
      call(tape, 'F#2', on(connection));
      return 'ok' as const;
    };
    expect(judged(mixed, processes)).toMatchObject({
      verdict: 'fail',
      message: 'A call of user U1 carried a token of user U2; each user has to keep their own tokens.',
    });
  });

  test('fails a process that sends the refresh token of another user, though its call carries its own', () => {
    const mixed = (tape: Tape, user: 'U1' | 'U2') => {
      if (user === 'U1') refresh(tape, 'RT#9', 'F#2', on('C-P1'));
      return own(tape, user);
    };
    expect(judged(mixed)).toMatchObject({ verdict: 'fail' });
  });

  test('fails a call that failed and had nothing but the token of another user', () => {
    const mixed = (tape: Tape, user: 'U1' | 'U2') => {
      if (user === 'U2') return own(tape, user);
      refresh(tape, 'RT#9', 'F#2', on('C-new'));
      return 'failed' as const;
    };
    expect(judged(mixed)).toMatchObject({ verdict: 'fail' });
  });
});

const granted: ExchangeParts = { response: { issued: { refreshToken: secret('RT#2') } } };

describe('RACE-14', () => {
  /** A refresh in one process, then the same token sent by another; both live until then unless `dies`. */
  function judged(first: string, again: string, others: (tape: Tape) => void = () => undefined) {
    const tape = createTape('late-401');
    tape.add({ kind: 'process-begin', process: 'P4' });
    const end = begin(tape, 1, 'call', 'P4');
    tape.add({ kind: 'process-begin', process: 'P5' });
    const late = begin(tape, 2, 'call', 'P5');
    refresh(tape, 'RT#1', 'F#1', on(first, granted));
    late();
    tape.add({ kind: 'process-end', process: 'P5', code: 0, signal: null, expected: true });
    refresh(tape, 'RT#1', 'F#1', on(again, { response: { status: 400 } }));
    end('failed');
    others(tape);
    return nextCycle.judge(tape.history(), runFacts());
  }

  test('leaves what one process does with the token of another to RACE-05', () => {
    expect(judged('C5', 'C4')).toBeUndefined();
    const onward = (tape: Tape): void => void refresh(tape, 'RT#2', 'F#1', on('C6'));
    expect(judged('C5', 'C4', onward)).toMatchObject({
      verdict: 'pass',
      message: expect.stringContaining('no process sent a token again') as string,
    });
  });

  test('passes refreshes that each sent the successor, and says nothing while none succeeded', () => {
    const chain = (first: ExchangeParts) => {
      const tape = createTape('refresh-chain');
      refresh(tape, 'RT#1', 'F#1', first);
      const next = refresh(tape, 'RT#2', 'F#1', { response: { status: 400 } });
      return { finding: nextCycle.judge(tape.history(), runFacts()), next };
    };
    const { finding, next } = chain(granted);
    expect(finding).toMatchObject({
      verdict: 'pass',
      evidence: [next],
      message: expect.stringContaining('sent the newest token') as string,
    });
    expect(chain({ response: { status: 400 } }).finding).toBeUndefined();
  });

  test('fails a process that does it with its own', () => {
    expect(judged('C4', 'C4')).toMatchObject({ verdict: 'fail' });
  });

  test('knows the process where there is but one', () => {
    const tape = createTape('herd');
    tape.add({ kind: 'process-begin', process: 'P1' });
    refresh(tape, 'RT#1', 'F#1', on('C1', granted));
    refresh(tape, 'RT#1', 'F#1', on('C2', { response: { status: 400 } }));
    expect(nextCycle.judge(tape.history(), runFacts())).toMatchObject({ verdict: 'fail' });
  });
});

describe('RACE-01', () => {
  function judged(processes: readonly string[]) {
    const tape = createTape('herd');
    for (const process of processes) tape.add({ kind: 'process-begin', process });
    tape.phase('herd');
    for (const n of [1, 2]) refresh(tape, 'RT#1', 'F#1', on(`C${String(n)}`, { response: null }));
    return oneRefresh.judge(tape.history(), runFacts());
  }

  test('advises a promise to one process, and a lock to several', () => {
    const [one, several] = [judged(['P1']), judged(['P1', 'P2'])];
    expect(one).toMatchObject({ verdict: 'fail' });
    expect(one?.remedy).toBeUndefined();
    expect(several).toMatchObject({ verdict: 'fail', remedy: expect.stringContaining('lock file') as string });
  });
});
