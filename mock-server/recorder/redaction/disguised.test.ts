/** Secrets that are in a text in another form are found, counted and hidden; what only looks similar is left alone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from './create-redactor.ts';

const TOKEN = '5Aep861TSESvWeug_xvFHRBTTbf_YrTWgEyjBJrfTjYV5rRpd0N2wY1x';
const VERIFIER = 'k3Q9vWm2Z-xB7tRp0LhYcA1sDfGjUoNe5iX8qMw4Vb';

const each = (raw: string, write: (character: string) => string): string => Array.from(raw, write).join('');
const code = (character: string): number => character.codePointAt(0) ?? 0;
const bytes = (raw: string, write: (byte: number) => string): string => Array.from(Buffer.from(raw), write).join('');
const hex = (raw: string): string => Buffer.from(raw).toString('hex');
const pairs = (raw: string, between: string): string => hex(raw).match(/../g)?.join(between) ?? '';
const pieces = (raw: string, size: number, between: string): string =>
  raw.match(new RegExp(`.{1,${String(size)}}`, 'gs'))?.join(between) ?? '';

const WRITINGS: Readonly<Record<string, (raw: string) => string>> = {
  'a colour code inside': (raw) => `${raw.slice(0, 9)}\u001b[31m${raw.slice(9)}`,
  'a colour code around each character': (raw) => each(raw, (one) => `\u001b[1;32m${one}\u001b[0m`),
  'an operating system command inside': (raw) => `${raw.slice(0, -5)}\u001b]8;;x\u0007${raw.slice(-5)}`,
  'every character percent-encoded': (raw) => hex(raw).replace(/../g, '%$&'),
  'a Buffer as Node prints it': (raw) => `<Buffer ${pairs(raw, ' ')}>`,
  'JSON of a Buffer': (raw) => JSON.stringify(Buffer.from(raw)),
  'hexadecimal with colons': (raw) => pairs(raw, ':').toUpperCase(),
  'hexadecimal with 0x': (raw) => pairs(raw, ', 0x').replace(/^/, '0x'),
  'escapes of JSON': (raw) => each(raw, (one) => `\\u${code(one).toString(16).padStart(4, '0')}`),
  'escapes of Python': (raw) => each(raw, (one) => `\\U${code(one).toString(16).padStart(8, '0')}`),
  'escapes of C': (raw) => hex(raw).replace(/../g, '\\x$&'),
  'decimal references': (raw) => each(raw, (one) => `&#${String(code(one))};`),
  'hexadecimal references': (raw) => each(raw, (one) => `&#x${code(one).toString(16)};`),
  'escapes of JSON, escaped once more': (raw) => each(raw, (one) => `\\\\u${code(one).toString(16).padStart(4, '0')}`),
  'octal escapes': (raw) => bytes(raw, (one) => `\\${one.toString(8).padStart(3, '0')}`),
  'octal escapes of a shell': (raw) => bytes(raw, (one) => `\\0${one.toString(8)}`),
  'named references': (raw) => raw.replace(/[_.-]/g, (one) => ({ _: '&lowbar;', '.': '&period;' })[one] ?? '&hyphen;'),
  'quoted-printable': (raw) => hex(raw).toUpperCase().replace(/../g, '=$&'),
  'quoted-printable in part': (raw) => raw.replace(/[^A-Za-z]/g, (one) => `=${hex(one).toUpperCase()}`),
  'an encoded word of mail': (raw) => `=?UTF-8?Q?${hex(raw).toUpperCase().replace(/../g, '=$&')}?=`,
  'overstruck letters': (raw) => each(raw, (one) => `${one}\b${one}`),
  'full-width letters': (raw) =>
    each(raw, (one) => (/[!-~]/.test(one) ? String.fromCodePoint(code(one) + 0xfee0) : one)),
  'zero-width characters inside': (raw) => each(raw, (one) => `${one}\u200b`),
  'soft hyphens inside': (raw) => pieces(raw, 3, '\u00ad'),
  'pieces split by spaces': (raw) => pieces(raw, 8, ' '),
  'pieces split by commas': (raw) => pieces(raw, 5, ','),
  'pieces split by slashes': (raw) => pieces(raw, 6, '/'),
  'pieces on lines of their own': (raw) => pieces(raw, 20, '\n'),
  'upper case': (raw) => raw.toUpperCase(),
  'lower case': (raw) => raw.toLowerCase(),
  base64: (raw) => Buffer.from(`token: ${raw}`).toString('base64'),
};

test.each(Object.keys(WRITINGS))('%s', (name) => {
  for (const [kind, raw] of [
    ['RT', TOKEN],
    ['VERIFIER', VERIFIER],
  ] as const) {
    const redactor = createRedactor();
    const { label } = redactor.label(kind, raw);
    const { text, leaked } = redactor.redact(`before ${WRITINGS[name]?.(raw) ?? ''} behind`);
    expect(leaked).toContain(label);
    expect(text).toMatch(/^before .*behind$/s);
    expect(text).toContain(label);
    expect(plain(text)).not.toContain(plain(raw));
  }
});

/** What stays when everything is read as letters and digits: independent of the redactor. */
function plain(text: string): string {
  let out = text.normalize('NFKC');
  for (let round = 0; round < 8; round += 1) {
    out = out
      // eslint-disable-next-line no-control-regex
      .replace(/\u001b\][^\u0007]*\u0007|\u001b\[[\d;]*[A-Za-z]/g, '')
      .replace(/(?:%|\\x|\\u00|\\U000000)([0-9a-f]{2})|&#x([0-9a-f]{2});/gi, (_, one?: string, two?: string) =>
        String.fromCharCode(Number.parseInt(one ?? two ?? '', 16)),
      )
      .replace(/&#(\d{2,3});/g, (_, digits: string) => String.fromCharCode(Number(digits)))
      .normalize('NFKC');
  }
  return out.toLowerCase().replace(/[^a-z0-9]/g, '');
}

test.each([
  ['my-client-secret', 'Error: My client secret is missing'],
  ['AcmeClientSecret2024', 'acme client secret (2024) was rotated'],
  ['salesforce_login_state', 'Salesforce login: state differs'],
])('a secret made of words, %s, is not found in prose, but still as it is', (raw, prose) => {
  const redactor = createRedactor();
  redactor.label('SECRET', raw);
  expect(redactor.redact(prose)).toEqual({ text: prose, leaked: [] });
  expect(redactor.redact(`sent ${raw} to the server`).leaked).toEqual(['SECRET']);
});

test.each(['percent-encoded', 'escapes of JSON', 'JSON of a Buffer', 'zero-width', 'full-width'])(
  'a secret of punctuation is found as it is, in %s too, and not in other case',
  (part) => {
    const raw = '_3~D_m.-K.q1_8v_.-_-.A.7';
    const [name = ''] = Object.keys(WRITINGS).filter((one) => one.includes(part));
    const redactor = createRedactor();
    redactor.label('VERIFIER', raw);
    const { text, leaked } = redactor.redact(`before ${WRITINGS[name]?.(raw) ?? ''} behind`);
    expect(leaked).toEqual(['VERIFIER#1']);
    expect(text).toMatch(/^before \W*(?:\{.*)?VERIFIER#1/u);
    expect(redactor.redact(`before ${raw.toUpperCase()} behind`).leaked).toEqual([]);
  },
);

describe('properties', () => {
  const secret = fc
    .stringMatching(/^[A-Za-z0-9._~-]{20,90}$/)
    .filter((raw) => new Set(plain(raw)).size >= 10 && plain(raw).length >= 16 && /\d\D+\d\D+\d/.test(raw));
  // Packing into numbers comes first: what is packed afterwards no longer stands for the characters of the secret alone.
  const chain = fc.array(fc.constantFrom(...Object.keys(WRITINGS)), { minLength: 1, maxLength: 3 });
  const openable = (names: readonly string[]): boolean =>
    names.slice(1).every((name) => !/pieces|case|Buffer|base64|hexadecimal with|around each/.test(name));

  test('a secret is hidden after any chain of writings', () => {
    fc.assert(
      fc.property(secret, chain.filter(openable), (raw, names) => {
        const redactor = createRedactor();
        const { label } = redactor.label('RT', raw);
        const written = names.reduce((text, name) => WRITINGS[name]?.(text) ?? text, raw);
        const { text, leaked } = redactor.redact(`error: ${written} (end)`);
        expect(leaked, names.join(', ')).toContain(label);
        expect(plain(text)).not.toContain(plain(raw));
      }),
    );
  });

  test('a text without the secret stays as it is', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 30 }), (words) => {
        const redactor = createRedactor();
        redactor.label('RT', TOKEN);
        expect(redactor.redact(words)).toEqual({ text: words, leaked: [] });
      }),
    );
  });
});
