import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { configJsonSchema } from './config-schema.ts';

it('is the published one (`npm run docs` writes it)', async () => {
  const text = `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../docs/schema/config.v1.schema.json');
});

it('is understood by a validator that takes nothing on trust', () => {
  // Formats of JSON Schema itself (Draft 2020-12, validation, §7.3); any other is an error in strict mode.
  const formats = { uri: true, date: true, 'date-time': true } as const;
  expect(() => new Ajv2020({ strict: true, allowUnionTypes: true, formats }).compile(configJsonSchema())).not.toThrow();
});

it('accepts what the contract shows and refuses what it does not know', () => {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(configJsonSchema());
  expect(validate({ app: { client: 'public' }, driver: { type: 'adapter', command: ['python3', 'adapter.py'] } })).toBe(
    true,
  );
  expect(validate({ app: { clientt: 'public' } })).toBe(false);
  expect(validate({ run: { workers: 0 } })).toBe(false);
});
