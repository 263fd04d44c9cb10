import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { newFamily } from '../token-families/family.ts';
import { HAS_REDIS, testLink } from './fixtures/redis.ts';
import { createRedisStore } from './redis.ts';
import { createSealer } from './sealer.ts';

const key = randomBytes(32);

test('what was sealed opens in its place, with its key, unchanged; and nowhere else', () => {
  const sealer = createSealer(key);
  const seal = (text: string, place: string) => sealer.seal(text, place);
  const open = (text: string, place: string) => sealer.open(text, place);
  for (const text of ['', 'aPrx', 'ü'.repeat(10_000)]) expect(open(seal(text, 'a'), 'a')).toBe(text);
  const sealed = seal('code', 'a');
  expect(seal('code', 'a')).not.toBe(sealed);
  expect(() => open(sealed, 'b')).toThrow();
  expect(() => createSealer(randomBytes(32)).open(sealed, 'a')).toThrow();
  const bytes = Buffer.from(sealed, 'base64');
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => open(changed.toString('base64'), 'a')).toThrow();
  }
  expect(() => open('', 'a')).toThrow();
});

test('a name says nothing and is the same for all who know the key', () => {
  expect(createSealer(key).name('aPrx1')).toBe(createSealer(key).name('aPrx1'));
  expect(createSealer(key).name('aPrx1')).not.toBe(createSealer(randomBytes(32)).name('aPrx1'));
  expect(createSealer(key).name('aPrx1')).toMatch(/^[\w-]{32}$/);
});

test.runIf(HAS_REDIS)('Redis holds no word of what is stored, and a forged record is refused', async () => {
  const link = await testLink();
  const name = randomUUID();
  const store = createRedisStore({ link, name, key });
  const login = { id: '00000000000000aa', label: 'F#1', clientId: 'their-client', user: 'somebody', scopes: ['api'] };
  await store.families.create(newFamily({ ...login, refreshable: true }, 0));
  await store.models.put('AuthorizationCode', 'aPrx-the-code', { jti: 'aPrx-the-code', uid: 'the-uid' }, 60);
  const keys = (await link.send('KEYS', `{sfc:${name}}*`)) as string[];
  expect(keys).toHaveLength(3);
  const values = await Promise.all(
    keys.map(async (one) =>
      (await link.send('TYPE', one)) === 'hash' ? link.send('HGETALL', one) : link.send('GET', one),
    ),
  );
  const all = JSON.stringify([keys, values]);
  for (const word of ['aPrx-the-code', 'the-uid', 'their-client', 'somebody']) expect(all).not.toContain(word);

  const [family = ''] = keys.filter((one) => one.includes(':family:'));
  await link.send('HSET', family, 'record', JSON.stringify({ id: login.id, state: 'alive' }));
  await expect(store.families.read(login.id)).rejects.toThrow();
});
