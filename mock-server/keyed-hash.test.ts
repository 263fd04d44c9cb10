import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createKeyedHash } from './keyed-hash.ts';

const bytes = (most: number) => fc.uint8Array({ maxLength: most }).map((array) => Buffer.from(array));

test.each(['sha256', 'sha512'] as const)('is the HMAC of %s, for every key and text', (algorithm) => {
  fc.assert(
    fc.property(bytes(200), fc.string({ unit: 'binary', maxLength: 600 }), bytes(600), (key, text, more) => {
      const mac = createKeyedHash(algorithm, key);
      expect(mac(text, more)).toEqual(createHmac(algorithm, key).update(text).update(more).digest());
      // The same once more: nothing of the first call is left behind.
      expect(mac(text, more)).toEqual(createHmac(algorithm, key).update(text).update(more).digest());
    }),
  );
});
