/** Every step of the pre-flight through each driver that moves a program: working, and broken with the words that help. */
import { describe, expect, test } from 'vitest';
import { resolveConfig } from '../config/resolve.ts';
import { whyNoChromium } from '../../test-kit/chromium.ts';
import { place, shapes } from '../drivers/fixtures/stand.ts';
import { doctor, type Diagnosis } from './doctor.ts';

const SILENT = { scenario: () => undefined, scenarioDone: () => undefined, note: () => undefined };
const WAY = ['mock', 'client', 'authorization-url', 'sign-in', 'callback', 'exchange', 'call'];
const slowMs = 180_000;

async function examine(shape: string, behaviour: string): Promise<Diagnosis> {
  const driver = await shapes[shape]?.({ FIXTURE: behaviour });
  if (driver === undefined) throw new TypeError(`There is no shape ${shape}.`);
  const served = 'baseUrl' in driver ? driver.baseUrl : undefined;
  const home = served === undefined ? 'http://127.0.0.1:0/callback' : `${served}/callback`;
  const unheard = served === undefined ? home : 'http://127.0.0.1:9/callback';
  const registered = { 'not-registered': 'http://127.0.0.1:1/other', 'refuses-callback': unheard }[behaviour] ?? home;
  const env = { PATH: process.env['PATH'] };
  const config = resolveConfig(
    { app: { name: shape, redirectUris: [registered] }, driver, run: { quietMs: 100 } },
    { dir: place.configDir, cwd: place.configDir, env },
  );
  // Only what never comes is waited for to the end.
  const never = shape === 'adapter' ? ['never-opens'] : shape === 'command' ? ['never-opens', 'opens-elsewhere'] : [];
  const timeoutMs = never.includes(behaviour) ? 2_500 : 50_000;
  return doctor({ config, env, timeoutMs, signal: new AbortController().signal, progress: SILENT });
}

const ELSEWHERE = 'https://salesforce.invalid';
const HAND_OVER = /beginning with `SF_LOGIN_URL`/;
const LOGS_IN = 'driver.authorize';

/** Behaviour of the client, the step that stops at it, what is said, what to do. */
type Row = readonly [behaviour: string, step: string, seen: RegExp, todo: RegExp];

const EVERY: readonly Row[] = [
  [
    'not-registered',
    'sign-in',
    /sent back to \S+; registered in .*: http:\/\/127\.0\.0\.1:1\/other/,
    /`app\.redirectUris`/,
  ],
  ['refuses-callback', 'callback', /could not be delivered/, /listen on the redirect URI/],
  [
    'ignores-callback',
    'exchange',
    /callback was delivered .* no request reached the token endpoint/,
    /does with its callback/,
  ],
  ['calls-nothing', 'call', /its call went well, but no request of it reached the mock/, /one ordinary request/],
];
const NEVER: Row = ['never-opens', 'authorization-url', /never opened the authorization URL within 2500 ms/, HAND_OVER];
const refused = (row: string): Row => [
  row,
  'authorization-url',
  new RegExp(`not the mock's: .*${ELSEWHERE}.*does not go there`),
  /read its login URL from `SF_LOGIN_URL`/,
];
const DEAF: Row = [
  'fails-to-start',
  'client',
  /ended before it answered at .* last words: cannot start/,
  /driver\.start/,
];

const ROWS: Readonly<Record<string, readonly Row[]>> = {
  adapter: [
    ['fails-to-start', 'client', /died before its first token request/, /Start it by hand/],
    NEVER,
    refused('opens-elsewhere'),
    ...EVERY,
    ['no-call', 'call', /has no `call`/, /one ordinary request/],
    ['cannot-call', 'call', /failed before it reached the mock: no route to Salesforce/, /one ordinary request/],
  ],
  command: [
    // It did start: what a command line says before it ends is all there is to know.
    ['fails-to-start', 'authorization-url', /answered with a failure \(the client said: cannot start\)/, HAND_OVER],
    NEVER,
    // Only what begins with the login URL is taken for an authorization URL.
    ['opens-elsewhere', 'authorization-url', /never opened the authorization URL/, HAND_OVER],
    ...EVERY,
    ['no-call', 'call', /has no `call`/, /one ordinary request/],
    ['cannot-call', 'call', /failed before it reached the mock: no route to Salesforce/, /one ordinary request/],
  ],
  http: [
    DEAF,
    ['never-opens', 'authorization-url', /the application did not lead to the login/, new RegExp(LOGS_IN)],
    refused('opens-elsewhere'),
    ...EVERY,
  ],
  browser: [
    DEAF,
    ['never-opens', 'authorization-url', /the application did not lead to the login/, new RegExp(LOGS_IN)],
    refused('opens-elsewhere'),
    ...EVERY,
  ],
};

const noChromium = await whyNoChromium();
const here = Object.keys(shapes).filter((shape) => shape !== 'browser' || noChromium === undefined);
if (noChromium !== undefined) test.skip(`browser: ${noChromium}`);

test('there are rows for every driver that moves a program', () => {
  expect(Object.keys(ROWS)).toEqual(Object.keys(shapes));
});

describe.each(here)('%s', { concurrent: true, timeout: slowMs }, (shape) => {
  test('a client that works: every step is ok', async () => {
    const { healthy, steps } = await examine(shape, '');
    expect(steps.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(steps.map(({ id }) => id)).toEqual(expect.arrayContaining(['configuration', 'command', ...WAY, 'clock']));
    expect(healthy).toBe(true);
  });

  test.each(ROWS[shape] ?? [])('%s stops at %s', async (behaviour, step, seen, todo) => {
    const { healthy, steps } = await examine(shape, behaviour);
    expect(healthy).toBe(false);
    const states = Object.fromEntries(steps.map(({ id, state }) => [id, state]));
    const at = WAY.indexOf(step);
    const expected = WAY.map((id, index) => [id, index < at ? 'ok' : index === at ? 'not ok' : 'not reached']);
    expect(states).toMatchObject(Object.fromEntries(expected) as Record<string, string>);
    const stopped = steps.find(({ id }) => id === step);
    expect(stopped?.seen).toMatch(seen);
    expect(stopped?.todo).toMatch(todo);
  });
});
