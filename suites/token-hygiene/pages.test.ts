import { expect, test } from 'vitest';
import type { Finding } from '../../src/grade/check.ts';
import type { Parameter } from '../../src/history/label.ts';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import codeLeavesUrl from './code-leaves-url.check.ts';
import referer from './referer.check.ts';

const AT = 'http://127.0.0.1:4711';
/** A page of the harness's browser: its path, its status, what else is known of it. */
type RecordedPage = readonly [
  path: string,
  status?: number | undefined,
  more?: { readonly exposed?: boolean; readonly user?: string },
];

/** Logins whose callbacks were answered with these pages, one list a login. */
function logins(check: typeof referer, ...answers: readonly (readonly RecordedPage[])[]): Finding | undefined {
  const tape = createTape('login');
  for (const [index, pages] of answers.entries()) {
    const end = tape.action('authorize');
    tape.authorize();
    page(tape, index, ['/connect', 200]);
    tape.callback({ verb: index });
    for (const one of pages) page(tape, index, one);
    tape.token();
    end();
  }
  return check.judge(tape.history(), runFacts({}, 'http'));
}

function page(tape: Tape, verb: number, [path, status, more = {}]: RecordedPage): void {
  const known = status === undefined ? {} : { status };
  tape.add({ kind: 'visit', step: 'page', verb, user: 'U1', url: `${AT}${path}`, ...known, ...more });
}

test.each<[string, readonly RecordedPage[], 'pass' | 'info' | undefined]>([
  ['a page of its own', [['/callback', 200]], 'info'],
  [
    'a redirect to a clean page',
    [
      ['/callback', 303],
      ['/', 200],
    ],
    'pass',
  ],
  [
    'a redirect to itself without the code',
    [
      ['/callback', 300],
      ['/callback', 200],
    ],
    'pass',
  ],
  ['a page elsewhere, as a real browser sees a redirect', [['/', 200]], 'pass'],
  [
    'a page whose script takes the code out',
    [
      ['/callback', 200],
      ['/callback', undefined, { exposed: false }],
    ],
    'pass',
  ],
  [
    'a page whose script leaves the code where it is',
    [
      ['/callback', 200],
      ['/callback', undefined, { exposed: true }],
    ],
    'info',
  ],
  [
    'a redirect that takes the code along',
    [
      ['/app', 200],
      ['/app', undefined, { exposed: true }],
    ],
    'info',
  ],
  [
    'a page whose script takes the code out late',
    [
      ['/callback', 200],
      ['/callback', undefined, { exposed: true }],
      ['/callback', undefined, { exposed: false }],
    ],
    'pass',
  ],
  ['an error', [['/callback', 400]], undefined],
  ['no answer', [['/callback']], undefined],
  ['a page for another user', [['/callback', 200, { user: 'U2' }]], undefined],
  ['nothing', [], undefined],
])('HYG-09: a callback that is answered with %s', (_, pages, verdict) => {
  expect(logins(codeLeavesUrl, pages)?.verdict).toBe(verdict);
});

test('HYG-09 looks at every login, and at the address bar of each one for itself', () => {
  const kept: RecordedPage = ['/callback', 200];
  const [clean, exposed]: readonly (readonly RecordedPage[])[] = [
    [kept, ['/callback', undefined, { exposed: false }]],
    [kept, ['/app', undefined, { exposed: true }]],
  ];
  expect(logins(codeLeavesUrl, clean ?? [], [kept])).toMatchObject({ verdict: 'info', evidence: [17, 16] });
  expect(logins(codeLeavesUrl, exposed ?? [], clean ?? [])).toMatchObject({ verdict: 'info', evidence: [8, 6] });
  expect(logins(codeLeavesUrl, [['/', 200]], clean ?? [])).toMatchObject({ verdict: 'pass', evidence: [7, 6] });
});

test.each<[string, readonly (readonly RecordedPage[])[], 'pass' | undefined]>([
  ['a redirect', [[['/callback', 300]]], 'pass'],
  ['a page elsewhere', [[['/', 299]]], 'pass'],
  ['a page elsewhere that is an error', [[['/', 400]]], undefined],
  ['a page elsewhere that never came', [[['/']]], undefined],
  ['an answer that is none', [[['/', 199]]], undefined],
  ['a redirect for another user', [[['/callback', 302, { user: 'U2' }]]], undefined],
  ['a redirect one time and a page the other', [[['/callback', 302]], [['/callback', 200]]], undefined],
  ['a page one time and a redirect the other', [[['/callback', 200]], [['/callback', 302]]], undefined],
])('HYG-03: no Referer header, and a callback that is answered with %s', (_, pages, verdict) => {
  expect(logins(referer, ...pages)?.verdict).toBe(verdict);
});

test('a callback that is delivered twice is answered by the page that follows', () => {
  const tape = createTape('login');
  for (let n = 0; n < 2; n += 1) tape.callback({ verb: 1 });
  page(tape, 1, ['/', 200]);
  const judged = [referer, codeLeavesUrl].map((check) => check.judge(tape.history(), runFacts({}, 'http')));
  expect(judged).toMatchObject([
    { verdict: 'pass', evidence: [4, 4] },
    { verdict: 'pass', evidence: [4, 2] },
  ]);
});

test('HYG-03 rests on the redirects, and says nothing where there was no login', () => {
  expect(logins(referer, [['/callback', 302]], [['/', 200]])?.evidence).toEqual([7, 16]);
  expect(logins(referer)).toBeUndefined();
});

test('HYG-03 reads Referer headers, however they are spelled, and no others', () => {
  const judged = (...headers: readonly Parameter[]): Finding | undefined => {
    const tape = createTape('login');
    tape.resource({}, { request: { browser: true, headers: headers.slice(0, 2) } });
    tape.resource({}, { request: { headers: headers.slice(2) } });
    return referer.judge(tape.history(), runFacts({}, 'browser'));
  };
  const clean = { name: 'referer', value: 'http://app.test/' };
  const leaking = { name: 'REFERER', value: 'http://app.test/?code=CODE#1' };
  const authorization = { name: 'authorization', value: 'Bearer AT#1' };
  expect(judged(authorization)).toBeUndefined();
  expect(judged(authorization, clean, clean)).toMatchObject({ verdict: 'pass', evidence: [2, 4] });
  expect(judged(authorization, clean, leaking)).toMatchObject({ verdict: 'fail', evidence: [4] });
});

test('pages of a client in a real browser are looked at as those of a web application are', () => {
  for (const check of [referer, codeLeavesUrl]) expect(check.skip?.(runFacts({}, 'browser'))).toBeUndefined();
});

test('HYG-03 passes a page that asks for its tokens without a Referer header; a server that asks shows nothing', () => {
  const judged = (...headers: readonly Parameter[]): Finding | undefined => {
    const tape = createTape('login');
    tape.login({ exchange: { request: { headers } } });
    return referer.judge(tape.history(), runFacts({}, 'browser'));
  };
  const accept = { name: 'Accept', value: '*/*' };
  expect(judged(accept, { name: 'Sec-Fetch-Site', value: 'same-site' })).toMatchObject({
    verdict: 'pass',
    evidence: [6],
  });
  expect(judged(accept)).toBeUndefined();
  // The `fetch` of Node.js on a server says so much of itself.
  expect(judged(accept, { name: 'sec-fetch-mode', value: 'cors' })).toBeUndefined();
});
