import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/grade/check.ts';
import type { StateFile, StorageEntry } from '../../src/history/event.ts';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import browserStorage from './browser-storage.check.ts';
import outputClean from './output-clean.check.ts';
import storedSafely from './stored-safely.check.ts';

describe('HYG-04', () => {
  const judge = (write: (tape: Tape) => void): Finding | undefined => {
    const tape = createTape('login');
    write(tape);
    return outputClean.judge(tape.history(), runFacts());
  };
  const prints = (tape: Tape, stream: 'stdout' | 'stderr', leaked: readonly string[]): number =>
    tape.add({ kind: 'output', process: 'P1', stream, lines: ['…'], leaked });

  test('a client that has answered nothing yet was not exercised', () => {
    expect(judge((tape) => prints(tape, 'stdout', ['RT#1']))).toBeUndefined();
    expect(judge((tape) => tape.action('authorize'))).toBeUndefined();
  });

  test('the action that is still under way hides nothing of those before', () => {
    const finding = judge((tape) => {
      tape.login();
      tape.action('call');
    });
    expect(finding).toMatchObject({ verdict: 'pass', evidence: [8] });
  });

  test('it says where the secret stood: in which stream, or in the answer to which action', () => {
    const where = (write: (tape: Tape) => void): string =>
      judge((tape) => {
        tape.login();
        write(tape);
      })?.message ?? '';
    expect(where((tape) => prints(tape, 'stdout', ['AT#1']))).toContain('standard output');
    expect(where((tape) => prints(tape, 'stderr', ['AT#1']))).toContain('standard error');
    expect(where((tape) => tape.action('refresh')({ result: 'failed', error: 'RT#1 is dead' }))).toContain('`refresh`');
  });
});

describe('HYG-05', () => {
  const closed: StateFile = { name: 'backup.json', bytes: 10, mode: '600', exposed: false, holds: ['RT#1', 'AT#1'] };

  test('one open file among closed ones fails', () => {
    const tape = createTape('login');
    tape.add({ kind: 'state', user: 'U1', files: [closed] });
    tape.add({ kind: 'state', user: 'U2', files: [closed, { ...closed, name: 'tokens.json', exposed: true }] });
    const finding = storedSafely.judge(tape.history(), runFacts());
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [3] });
    expect(finding?.message).toContain('tokens.json');
  });

  test('that no file holds a refresh token is read off every look', () => {
    const tape = createTape('login');
    for (const user of ['U1', 'U2']) tape.add({ kind: 'state', user, files: [{ ...closed, holds: ['AT#1'] }] });
    expect(storedSafely.judge(tape.history(), runFacts())).toMatchObject({ verdict: 'pass', evidence: [2, 3] });
  });

  test('a token that was kept elsewhere is shown by the refresh after the restart, and by the empty folder', () => {
    const tape = createTape('refresh-chain');
    tape.phase('after-restart');
    tape.token({ grantType: 'refresh_token', code: null, refreshToken: null });
    tape.token({
      grantType: 'refresh_token',
      code: null,
      refreshToken: { ...secret('RT#1'), family: 'F#1', generation: 0, head: true },
    });
    tape.add({ kind: 'state', user: 'U1', files: [] });
    expect(storedSafely.judge(tape.history(), runFacts())).toMatchObject({ verdict: 'review', evidence: [5, 7] });
  });

  test('a client in a browser has its storage looked at instead', () => {
    expect(storedSafely.skip?.(runFacts({}, 'browser'))).toContain('HYG-06');
    expect(storedSafely.skip?.(runFacts())).toBeUndefined();
  });
});

describe('HYG-06', () => {
  const judge = (...looks: readonly (readonly Partial<StorageEntry>[])[]): Finding | undefined => {
    const tape = createTape('login');
    for (const look of looks) {
      const entries = look.map(
        (one) => ({ area: 'cookie', name: 'x', origin: 'app.test', holds: [], ...one }) as const,
      );
      tape.add({ kind: 'storage', user: 'U1', entries });
    }
    return browserStorage.judge(tape.history(), runFacts({}, 'browser'));
  };
  const shut = { holds: ['RT#1'], httpOnly: true, sameSite: 'Lax' } as const;

  test('a storage that was not inspected says nothing', () => {
    expect(judge()).toBeUndefined();
  });

  test.each<[string, Partial<StorageEntry>, string]>([
    ['a cookie that other sites can have sent', { ...shut, sameSite: 'None' }, 'the cookie x'],
    ['the whole token object in the session', { area: 'session-storage', holds: ['AT#1', 'RT#1'] }, 'session-storage'],
    // Whatever attributes it is said to have: only cookies have any.
    ['a database', { ...shut, area: 'indexed-db' }, 'indexed-db (x)'],
  ])('%s fails', (_, entry, where) => {
    const finding = judge([shut], [{}, entry]);
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [3] });
    expect(finding?.message).toContain(where);
  });

  test('cookies that only the server reads pass, at every look', () => {
    expect(judge([shut], [])).toMatchObject({ verdict: 'pass', evidence: [2, 3] });
  });
});
