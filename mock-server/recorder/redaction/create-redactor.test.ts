import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effortMs } from '../../../test-kit/effort.ts';
import { noise } from '../../../test-kit/noise.ts';
import { writings } from './encodings.ts';
import { createRedactor } from './create-redactor.ts';

const SECRET = "s3cr3t/+=&? ü'(x)!";
const REFRESH = '5Aep8613hy0tHCYdhxJMolioLtSyVWkdY.qjUQIKBDHpKUfFk7PgFqtVKsucClZQLPxu4zsK12GSrW6idzU18rr';
const ACCESS = '00D7F0000001I8v!ARgAQOG9W.wPt01KwmQxTz4n7Yh2b3c5d6e7f8g9h0';
const CODE = 'aPrx82nMYN.xQ7zT3k.Ro.ag==';

describe('a text in which there was nothing to hide', () => {
  test('is looked at again once the client made a secret of what is in it', () => {
    const redactor = createRedactor();
    const text = 'partner-app/7.1 (build s3ssion-9)';
    expect(redactor.redact(text)).toEqual({ text, leaked: [] });
    expect(redactor.redact(text)).toEqual({ text, leaked: [] });
    redactor.label('STATE', 's3ssion-9');
    expect(redactor.redact(text)).toEqual({ text: 'partner-app/7.1 (build STATE#1)', leaked: ['STATE#1'] });
    expect(redactor.redact(text)).toEqual({ text: 'partner-app/7.1 (build STATE#1)', leaked: ['STATE#1'] });
  });

  test('is looked at again for a secret in base64 that was a guess before', () => {
    const redactor = createRedactor();
    const verifier = 'Zk3uY7-q0TQmB2xV5n8L1pRw-Zk3uY7-q0TQmB2xV5n8L1';
    const basic = Buffer.from(`id:${verifier}`).toString('base64');
    redactor.redact(`log: ${verifier}`);
    expect(redactor.redact(`x ${basic}`).leaked).toEqual(['VALUE#1']);
    redactor.label('VERIFIER', verifier);
    expect(redactor.redact(`x ${basic}`).leaked).toEqual(['VERIFIER#1']);
  });

  test('is looked at again for a secret in base64, and for one in the shape of a consumer key', () => {
    const redactor = createRedactor();
    const basic = Buffer.from('partner:s3ssion-9').toString('base64');
    const key = `3MVG9${'aB3'.repeat(20)}`;
    expect(redactor.redact(`x ${basic}`).leaked).toEqual([]);
    expect(redactor.redact(`y ${key}`).leaked).toEqual([]);
    redactor.label('VERIFIER', 's3ssion-9');
    expect(redactor.redact(`x ${basic}`).leaked).toEqual(['VERIFIER#1']);
    expect(redactor.redact(`y ${key}`).leaked).toEqual([]);
    redactor.label('VALUE', key);
    expect(redactor.redact(`y ${key}`).leaked).toEqual(['VALUE#1']);
  });
});

describe('labels', () => {
  test('count by kind, and stay with their value and the kind it had first', () => {
    const redactor = createRedactor();
    expect(redactor.label('RT', 'one')).toMatchObject({ label: 'RT#1', length: 3 });
    expect(redactor.label('RT', 'two').label).toBe('RT#2');
    expect(redactor.label('AT', 'three').label).toBe('AT#1');
    expect(redactor.label('VALUE', 'one')).toEqual(redactor.label('RT', 'one'));
    expect(redactor.label('SECRET', 'right').label).toBe('SECRET');
    expect(redactor.label('SECRET', 'other').label).toBe('SECRET#2');
  });

  test('a guess gives way to what the value turns out to be, and to nothing after that', () => {
    const redactor = createRedactor();
    const state = 'Zk3uY7-q0TQmB2xV5n8L1pRw';
    expect(redactor.redact(`open …&state=${state}`).text).toBe('open …&state=VALUE#1');
    const { fingerprint } = redactor.label('VALUE', state);
    expect(redactor.label('STATE', state)).toMatchObject({ label: 'STATE#1', fingerprint });
    expect(redactor.label('VERIFIER', state).label).toBe('STATE#1');
    expect(redactor.redact(`open …&state=${state}`).text).toBe('open …&state=STATE#1');
  });

  test('have a fingerprint that depends on value and salt and on nothing else', () => {
    const salt = Buffer.alloc(32, 7);
    const [one, again, other] = [createRedactor({ salt }), createRedactor({ salt }), createRedactor()];
    const { fingerprint } = one.label('RT', REFRESH);
    expect(fingerprint).toMatch(/^[0-9a-f]{8}$/);
    expect(again.label('AT', REFRESH).fingerprint).toBe(fingerprint);
    expect(one.label('RT', `${REFRESH}x`).fingerprint).not.toBe(fingerprint);
    expect(other.label('RT', REFRESH).fingerprint).not.toBe(fingerprint);
  });
});

describe('redact', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const writingsOfSecret: readonly (readonly [string, string])[] = [
    ['as it is', SECRET],
    ['percent-encoded', encodeURIComponent(SECRET)],
    ['percent-encoded in lower case', encodeURIComponent(SECRET).replace(/%../g, (escape) => escape.toLowerCase())],
    ['percent-encoded twice', encodeURIComponent(encodeURIComponent(SECRET))],
    ['form-encoded', new URLSearchParams({ a: SECRET }).toString().slice(2)],
    ['inside JSON', JSON.stringify(SECRET).slice(1, -1)],
    ['as base64', base64(SECRET)],
    ['as base64url', Buffer.from(SECRET).toString('base64url')],
    ['inside a Basic header', base64(`client:${SECRET}`)],
    ['form-encoded inside a Basic header', base64(`client:${encodeURIComponent(SECRET)}`)],
    ['in hexadecimal digits', Buffer.from(SECRET).toString('hex')],
  ];
  test.each(writingsOfSecret)('finds a known secret %s', (_, written) => {
    const redactor = createRedactor();
    redactor.label('SECRET', SECRET);
    const { text, leaked } = redactor.redact(`before "${written}", after`);
    expect(text).toBe('before "SECRET", after');
    expect(leaked).toEqual(['SECRET']);
  });

  test('finds what was registered in any position, the longest first', () => {
    const redactor = createRedactor();
    redactor.label('RT', REFRESH.slice(0, 40));
    redactor.label('RT', REFRESH);
    redactor.label('CODE', CODE);
    expect(redactor.redact(`${REFRESH}${CODE}|${encodeURIComponent(CODE)}`)).toEqual({
      text: 'RT#2CODE#1|CODE#1',
      leaked: ['RT#2', 'CODE#1'],
    });
  });

  test('finds a secret inside the payload of a JWT', () => {
    const redactor = createRedactor();
    redactor.label('VERIFIER', 'v3rifier-v3rifier-v3rifier-v3rifier-v3rifier-x');
    const payload = Buffer.from(JSON.stringify({ a: 1, v: 'v3rifier-v3rifier-v3rifier-v3rifier-v3rifier-x' }));
    expect(redactor.redact(`state=${payload.toString('base64url')}.x`).leaked).toEqual(['VERIFIER#1']);
  });

  test.each([
    ['refresh', REFRESH],
    ['access', ACCESS],
    ['code', CODE],
    ['encoded access', encodeURIComponent(ACCESS)],
  ])('hides a %s token that was not registered, by its shape', (_, raw) => {
    const { text, leaked } = createRedactor().redact(`token ${raw} end`);
    expect(text).toBe('token VALUE#1 end');
    expect(leaked).toEqual(['VALUE#1']);
  });

  test.each([
    noise('one', 18).toString('base64url') + 'x1',
    noise('two', 32).toString('hex'),
    noise('three', 48).toString('base64').replaceAll('/', 'x'),
    '0f8fad5b-d9cb-469f-a165-70867728950e',
  ])('hides a random run: %s', (run) => {
    expect(createRedactor().redact(`a ${run} b`).text).toBe('a VALUE#1 b');
  });

  test.each([
    'at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
    'at OAuth2Client.refreshAccessTokenIfExpired (/srv/app/node_modules/oauth-client-library/src/refresh-token-store.ts:12:7)',
    '{"error":"invalid_grant","error_description":"token request is already being processed"}',
    'urn:ietf:params:oauth:client-assertion-type:jwt-bearer http://127.0.0.1:8080/services/oauth2/authorize',
    '---------------------------- ============================ 00000000000000000000000000000000',
    'salesforce-authorization-code-handling-with-proof-key',
    'Cannot read properties of undefined (reading null) NaN [object Object]',
    'client 3MVG9lKcPoNINVBIPJjdw1J9LLM82HnFVVX19KY1uA5mu0QqEWhqKpoW3svG3XHrXDiCQjK1mdgAvhCscA9GE',
  ])('leaves words, paths and public identifiers alone: %s', (text) => {
    const redactor = createRedactor();
    for (const literal of ['undefined', 'null', 'NaN', '[object Object]', '']) redactor.label('RT', literal);
    redactor.label('STATE', 'authorize');
    redactor.label('VALUE', 'http://127.0.0.1:8080/services');
    expect(redactor.redact(text)).toEqual({ text, leaked: [] });
  });

  test('names an old token by its hash when its raw value is long forgotten', () => {
    const redactor = createRedactor();
    const token = (n: number) => `5Aep861${String(n).padStart(8, '0')}${REFRESH.slice(8)}`;
    for (let n = 1; n <= 3_000; n += 1) redactor.label('RT', token(n));
    expect(redactor.redact(`x ${token(1)} ${token(2_999)}`)).toEqual({
      text: 'x RT#1 RT#2999',
      leaked: ['RT#1', 'RT#2999'],
    });
  });

  test('is quick with thousands of labels of one prefix and a text of 100 kB', async () => {
    const redactor = createRedactor();
    const tokens = Array.from({ length: 3_000 }, (_, n) => `5Aep861${noise(String(n), 60).toString('base64url')}`);
    for (const token of tokens) redactor.label('RT', token);
    const text = tokens
      .slice(-900)
      .map((token, at) => `line ${String(at)} token=${token}`)
      .join('\n');
    let leaked: readonly string[] = [];
    const effort = await effortMs(() => {
      ({ leaked } = redactor.redact(text.padEnd(100_000, ' .')));
    });
    expect(leaked).toHaveLength(900);
    expect(effort).toBeLessThan(1_500);
  });

  test('never lets a registered secret through, whatever surrounds it and however it is written', () => {
    const secret = fc
      .string({ minLength: 12, maxLength: 60, unit: 'binary' })
      .filter((raw) => !/^[A-Za-z]{1,12}$/.test(raw));
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), fc.nat(), (raw, before, after, which) => {
        const redactor = createRedactor();
        redactor.label('RT', raw);
        const all = writings(raw);
        const { text, leaked } = redactor.redact(before + (all[which % all.length] ?? raw) + after);
        expect(leaked.length).toBeGreaterThan(0);
        expect(text.includes(raw)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

test('hides a JWT whole, and says which secret it carries', () => {
  const redactor = createRedactor();
  redactor.label('RT', REFRESH);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const { text, leaked } = redactor.redact(
    `jwt ${part({ alg: 'RS256' })}.${part({ sub: 'x', rt: REFRESH })}.c2lnbmF0dXJl end`,
  );
  expect(text).toBe('jwt VALUE#1 end');
  expect(leaked).toEqual(['VALUE#1', 'RT#1']);
});

test.each([
  ...['a', 'a=', '=4', '=41', '0x', '41:', '1 ', 'a-', 'A1_', 'é', 'ａ', 'a\n', 'a\b', '\u200b', '\u001b[', '\u001b]'],
  ...[
    '\\',
    '\\0',
    '\\x41',
    '\\u',
    '\\u0041',
    '%',
    '%4',
    '&',
    '&#',
    '&a',
    'eyJ',
    'eyJ.',
    '00D',
    '5Aep861',
    'aPrx',
    '3MVG9',
  ],
])('looks through %j, repeated over 64,000 characters, without going back', async (part) => {
  const redactor = createRedactor();
  redactor.label('RT', REFRESH);
  expect(await effortMs(() => redactor.redact(part.repeat(64_000 / part.length)))).toBeLessThan(1_500);
});
