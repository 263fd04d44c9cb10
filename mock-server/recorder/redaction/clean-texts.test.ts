/** A text that was clean is not clean any more once a secret that is in it has been made up, however it is written. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRedactor } from './create-redactor.ts';

const salt = Buffer.alloc(32, 7);

/** How a secret may be written in a text. */
const WRITTEN: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  upper: (secret) => secret.toUpperCase(),
  pieces: (secret) => secret.replace(/(.{4})/gu, '$1 '),
  percent: (secret) => secret.replace(/[a-m]/gu, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  html: (secret) => secret.replace(/[n-z]/gu, (letter) => `&#${String(letter.charCodeAt(0))};`),
  base64: (secret) => Buffer.from(secret.slice(0, 16)).toString('base64url'),
  hex: (secret) => Buffer.from(secret).toString('hex').replace(/../gu, '$& '),
  numbers: (secret) => [...Buffer.from(secret)].join(', '),
  absent: () => 'nothing',
};

const secrets = fc.stringMatching(/^[a-z0-9._~-]{16}$/u);

test.each(Object.keys(WRITTEN))('%s', (how) => {
  fc.assert(
    fc.property(secrets, fc.stringMatching(/^[ -~]{0,12}$/u), secrets, (secret, around, other) => {
      const text = `${around} ${WRITTEN[how]?.(secret) ?? ''} ${around}`;
      const [before, after] = [createRedactor({ salt }), createRedactor({ salt })];
      // The first of them has seen the text before there was a secret, and once more when another one had been made up.
      fc.pre(before.redact(text).text === text);
      for (const redactor of [before, after]) redactor.label('STATE', other);
      before.redact(text);
      for (const redactor of [before, after]) redactor.label('STATE', secret);
      const labels = ({ text: shown }: { readonly text: string }): string => shown.replaceAll(/VALUE#\d+/gu, 'VALUE');
      expect(labels(before.redact(text))).toBe(labels(after.redact(text)));
    }),
    { numRuns: 100 },
  );
});
