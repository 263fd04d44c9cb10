import { expect, test } from 'vitest';
import { hideValues } from './hidden-values.ts';

const none = { configured: {}, inherited: {}, known: {} };
const hides = (value: string): boolean => hideValues({ ...none, configured: { A: value } })(`<${value}>`) === '<$A>';

test.each([
  's3cr3t-v4lue-9',
  'correct horse battery',
  'correcthorsebattery!',
  'xkqzvwplmtrbn',
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'abcdefabcdef',
])('hides %j', (value) => {
  expect(hides(value)).toBe(true);
});

test.each([
  ...['short', 'production', '000123456789012', '+49 30 1234 5678', '1,234,567.890'],
  ...['/usr/lib/python3', '~/app/config', '..\\data\\store', 'C:\\Program Files', 'config/settings.json'],
  ...['https://api.example.com/v1', 'postgres://db/app', 'authorization', 'Authentication', 'CONFIGURATION'],
  ...['localhost:8080', 'refresh_token', 'api refresh_token web'],
])('leaves %j', (value) => {
  expect(hides(value)).toBe(false);
});

test('of inherited variables only those whose names say that they are secret', () => {
  const value = 'p4ssw0rd-of-mine';
  for (const [name, hidden] of [
    ['ACME_API_KEY', true],
    ['npm_config_token', true],
    ['PGPASSWORD', true],
    ['CLIENT_SECRET', true],
    ['EDITOR_NAME', false],
  ] as const) {
    expect(hideValues({ ...none, inherited: { [name]: value } })(value)).toBe(hidden ? `$${name}` : value);
  }
});

test('in every place, percent-encoded and in JSON too; the longest first; a password in a URL', () => {
  const configured = {
    A: 'one "quoted" secret',
    B: 'one "quoted" secret, and more',
    DB: 'postgres://u:p4ss%20word-of-db@host/x',
  };
  const hide = hideValues({ ...none, configured });
  expect(hide('one "quoted" secret, and more; one "quoted" secret; one "quoted" secret')).toBe('$B; $A; $A');
  expect(hide('{"a":"one \\"quoted\\" secret"} one%20%22quoted%22%20secret one+%22quoted%22+secret')).toBe(
    '{"a":"$A"} $A $A',
  );
  expect(hide('p4ss%20word-of-db at host, p4ss word-of-db')).toBe('$DB at host, $DB');
});

test('never what the harness itself has given the client, whose secret has a label of its own', () => {
  const secret = '0123ABCD0123ABCD';
  const hide = hideValues({ configured: { ACME_SECRET: secret }, inherited: {}, known: { SF_CLIENT_SECRET: secret } });
  expect(hide(secret)).toBe(secret);
});

test('a value with a dollar sign is put in as it is', () => {
  expect(hideValues({ ...none, configured: { A: "$&$1$'-secret" } })("x $&$1$'-secret")).toBe('x $A');
});

test.each<[string, (raw: string) => string]>([
  ['a colour code inside', (raw) => `${raw.slice(0, 5)}\u001b[31m${raw.slice(5)}`],
  ['every character percent-encoded', (raw) => Buffer.from(raw).toString('hex').replace(/../g, '%$&')],
  ['hexadecimal with colons', (raw) => Buffer.from(raw).toString('hex').match(/../g)?.join(':') ?? ''],
  ['JSON of a Buffer', (raw) => JSON.stringify(Buffer.from(raw))],
  ['full-width letters', (raw) => raw.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))],
  ['zero-width characters', (raw) => Array.from(raw).join('\u200b')],
  ['pieces split by spaces', (raw) => raw.match(/.{1,8}/g)?.join(' ') ?? ''],
  ['base64', (raw) => Buffer.from(`key: ${raw}`).toString('base64')],
])('hides a value in another form: %s', (_, write) => {
  const value = 'zq7LkP0vTn4wXe8sBd2hRy6u';
  const hidden = hideValues({ ...none, configured: { API_TOKEN: value } })(`before ${write(value)} behind`);
  expect(hidden).toMatch(/^before .*\$API_TOKEN.* behind$/s);
  expect(hidden).not.toMatch(/zq7|Ry6u/);
});
