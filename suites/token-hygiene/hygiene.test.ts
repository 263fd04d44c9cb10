import { expect, test } from 'vitest';
import type { StateFile, StorageEntry } from '../../src/history/event.ts';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import browserStorage from './browser-storage.check.ts';
import codeLeavesUrl from './code-leaves-url.check.ts';
import outputClean from './output-clean.check.ts';
import referer from './referer.check.ts';
import atHome from './refresh-token-at-home.check.ts';
import storedSafely from './stored-safely.check.ts';

function history(write: (tape: Tape) => void) {
  const tape = createTape('login');
  write(tape);
  return tape.history();
}

test('HYG-02 sees a refresh token in a header, and lets it be at the token endpoint', () => {
  const refreshToken = { ...secret('RT#1'), family: 'F#1', generation: 0, head: true };
  const honest = history((tape) => {
    tape.token(
      { grantType: 'refresh_token', refreshToken },
      { request: { body: [{ name: 'refresh_token', value: 'RT#1', secret: secret('RT#1') }] } },
    );
    tape.resource();
  });
  expect(atHome.judge(honest, runFacts())?.verdict).toBe('pass');
  const bad = history((tape) =>
    tape.resource({}, { request: { headers: [{ name: 'x-token', value: 'RT#1', secret: secret('RT#1') }] } }),
  );
  expect(atHome.judge(bad, runFacts())?.verdict).toBe('fail');
});

test.each([
  ['http://app.test/callback', 'pass'],
  ['http://app.test/callback?code=CODE#1', 'fail'],
  ['http://app.test/#access_token=AT#1', 'fail'],
])('HYG-03: Referer %s is %s', (value, verdict) => {
  const recorded = history((tape) =>
    tape.resource({}, { request: { browser: true, headers: [{ name: 'Referer', value }] } }),
  );
  expect(referer.judge(recorded, runFacts({}, 'http'))?.verdict).toBe(verdict);
});

test.each<[string, readonly (readonly [string, number])[], string | undefined]>([
  [
    'a redirect to a clean page',
    [
      ['/callback', 302],
      ['/', 200],
    ],
    'pass',
  ],
  ['a page elsewhere, as a real browser sees a redirect', [['/', 200]], 'pass'],
  ['a page of its own', [['/callback', 200]], undefined],
  ['an error', [['/callback', 500]], undefined],
  ['nothing', [], undefined],
])('HYG-03: no Referer, and a callback that is answered with %s', (_, pages, verdict) => {
  const recorded = history((tape) => {
    tape.login();
    for (const [path, status] of pages) {
      tape.add({ kind: 'visit', step: 'page', user: 'U1', url: `http://127.0.0.1:4711${path}`, status });
    }
  });
  expect(referer.judge(recorded, runFacts({}, 'http'))?.verdict).toBe(verdict);
});

test('HYG-03 and HYG-09 do not apply to a client without pages, HYG-06 only to one in a browser', () => {
  for (const check of [referer, codeLeavesUrl]) {
    expect(check.skip?.(runFacts())).toBeDefined();
    expect(check.skip?.(runFacts({}, 'http'))).toBeUndefined();
  }
  expect(browserStorage.skip?.(runFacts({}, 'http'))).toBeDefined();
  expect(browserStorage.skip?.(runFacts({}, 'browser'))).toBeUndefined();
});

test.each([
  [['STATE#1', 'CHALLENGE#1', 'VALUE#3'], 'pass'],
  [['RT#2'], 'fail'],
  [['SECRET'], 'fail'],
  [['VERIFIER#1'], 'fail'],
])('HYG-04: %j on standard error is %s', (leaked, verdict) => {
  const recorded = history((tape) => {
    tape.login();
    tape.add({ kind: 'output', process: 'P1', stream: 'stderr', lines: ['…'], leaked });
  });
  expect(outputClean.judge(recorded, runFacts())?.verdict).toBe(verdict);
});

test('HYG-04 reads the errors that the client gives', () => {
  const recorded = history((tape) =>
    tape.action('call')({ result: 'failed', error: 'refresh_token=RT#4 was refused' }),
  );
  expect(outputClean.judge(recorded, runFacts())).toMatchObject({
    verdict: 'fail',
    message: expect.stringContaining('RT#4'),
  });
});

test.each<[Partial<StateFile>, string]>([
  [{ holds: ['AT#1', 'RT#1'], mode: '644', exposed: true }, 'fail'],
  [{ holds: ['RT#1'], mode: '600' }, 'review'],
  [{ holds: ['AT#1'], mode: '644', exposed: true }, 'pass'],
  [{ holds: [] }, 'pass'],
])('HYG-05: a file %j is %s', (file, verdict) => {
  const files = [{ name: 'tokens.json', bytes: 10, exposed: false, holds: [], ...file }];
  const recorded = history((tape) => tape.add({ kind: 'state', user: 'U1', files }));
  expect(storedSafely.judge(recorded, runFacts())?.verdict).toBe(verdict);
});

test('HYG-05 says nothing of an empty folder, and does not apply to tokens in memory', () => {
  const recorded = history((tape) => tape.add({ kind: 'state', user: 'U1', files: [] }));
  expect(storedSafely.judge(recorded, runFacts())).toBeUndefined();
  expect(storedSafely.skip?.(runFacts({ persistence: 'session' }))).toBeDefined();
});

test.each([
  [true, 'review'],
  [false, undefined],
])('HYG-05: an empty folder, and a refresh token that outlived a restart (%s)', (outlived, verdict) => {
  const refreshToken = { ...secret('RT#1'), family: outlived ? 'F#1' : null, generation: 1, head: outlived };
  const recorded = history((tape) => {
    tape.phase('after-restart');
    tape.token({ grantType: 'refresh_token', code: null, refreshToken });
    tape.add({ kind: 'state', user: 'U1', files: [] });
  });
  expect(storedSafely.judge(recorded, runFacts())?.verdict).toBe(verdict);
});

test.each<[Partial<StorageEntry>, string]>([
  [{ area: 'local-storage', holds: ['RT#1'] }, 'fail'],
  [{ area: 'indexed-db', holds: ['RT#1'] }, 'fail'],
  [{ area: 'cookie', holds: ['RT#1'] }, 'fail'],
  [{ area: 'cookie', holds: ['RT#1'], httpOnly: true, sameSite: 'Lax' }, 'pass'],
  [{ area: 'session-storage', holds: ['AT#1'] }, 'pass'],
])('HYG-06: %j is %s', (entry, verdict) => {
  const entries = [{ area: 'cookie', name: 'x', origin: 'http://app.test', holds: [], ...entry } as const];
  const recorded = history((tape) => tape.add({ kind: 'storage', user: 'U1', entries }));
  expect(browserStorage.judge(recorded, runFacts({}, 'browser'))?.verdict).toBe(verdict);
});

test.each([
  ['http://127.0.0.1:4711/', 'pass'],
  ['http://127.0.0.1:4711/callback', 'info'],
])('HYG-09: a login that ends on %s is %s', (url, verdict) => {
  const recorded = history((tape) => {
    tape.login();
    tape.add({ kind: 'visit', step: 'page', user: 'U1', url, status: 200 });
  });
  expect(codeLeavesUrl.judge(recorded, runFacts({}, 'http'))?.verdict).toBe(verdict);
});
