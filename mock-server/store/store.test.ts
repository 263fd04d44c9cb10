import { describe, expect, test } from 'vitest';
import { newFamily, type FamilyRecord } from '../token-families/family.ts';
import { delayed } from './fixtures/delayed.ts';
import { createMemoryStore } from './memory.ts';
import type { Store } from './store.ts';

const STORES: readonly (readonly [string, (clock?: () => number) => Store])[] = [
  ['memory', (clock) => createMemoryStore(clock)],
  ['memory, 3 ms away', (clock) => delayed(createMemoryStore(clock), 3)],
];

const record = (id = '00000000000000aa'): FamilyRecord =>
  newFamily({ id, label: 'F#1', clientId: 'c', user: 'U1', scopes: ['api'], refreshable: true }, 0);

describe.each(STORES)('families in %s', (_name, create) => {
  test('a record is read as it was written', async () => {
    const { families } = create();
    expect(await families.read(record().id)).toBeUndefined();
    expect(await families.create(record())).toBe(true);
    expect(await families.read(record().id)).toEqual(record());
  });

  test('of 50 creators at once one wins', async () => {
    const { families } = create();
    const won = await Promise.all(Array.from({ length: 50 }, () => families.create(record())));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await families.create(record())).toBe(false);
  });

  test('of 50 changes of one version one wins, and the stored record is the winner’s', async () => {
    const { families } = create();
    await families.create(record());
    const won = await Promise.all(
      Array.from({ length: 50 }, (_, head) => families.replace({ ...record(), version: 1, head })),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await families.read(record().id)).toMatchObject({ version: 1, head: won.indexOf(true) });
  });

  test('a change of another version, or of nothing, is refused', async () => {
    const { families } = create();
    expect(await families.replace({ ...record(), version: 1 })).toBe(false);
    await families.create(record());
    expect(await families.replace({ ...record(), version: 0 })).toBe(false);
    expect(await families.replace({ ...record(), version: 2 })).toBe(false);
  });

  test('numbers are given once', async () => {
    const { families } = create();
    const numbers = await Promise.all(Array.from({ length: 50 }, () => families.next()));
    expect([...numbers].sort((one, two) => one - two)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });
});

describe.each(STORES)('models in %s', (_name, create) => {
  test('are found by id and uid, until they are removed', async () => {
    const { models } = create();
    await models.put('Session', 'a', { uid: 'u', n: 1 }, 60);
    await models.put('Grant', 'a', { n: 2 }, undefined);
    expect(await models.get('Session', 'a')).toEqual({ uid: 'u', n: 1 });
    expect(await models.byUid('Session', 'u')).toEqual({ uid: 'u', n: 1 });
    expect(await models.byUid('Grant', 'u')).toBeUndefined();
    await models.remove('Session', 'a');
    expect(await models.get('Session', 'a')).toBeUndefined();
    expect(await models.byUid('Session', 'u')).toBeUndefined();
    expect(await models.get('Grant', 'a')).toEqual({ n: 2 });
  });

  test('the newest counts', async () => {
    const { models } = create();
    await models.put('Session', 'a', { uid: 'u', n: 1 }, 60);
    await models.put('Session', 'b', { uid: 'u', n: 2 }, 60);
    await models.remove('Session', 'a');
    expect(await models.byUid('Session', 'u')).toEqual({ uid: 'u', n: 2 });
  });

  test('end with their time', async () => {
    let now = 0;
    const { models } = create(() => now);
    await models.put('AuthorizationCode', 'a', { n: 1 }, 900);
    now = 899_999;
    expect(await models.get('AuthorizationCode', 'a')).toEqual({ n: 1 });
    now = 900_000;
    expect(await models.get('AuthorizationCode', 'a')).toBeUndefined();
  });
});

test('memory forgets old sessions, never codes that live nor families', async () => {
  const { models, families } = createMemoryStore();
  for (let count = 0; count < 5_000; count += 1) {
    const id = count.toString(16).padStart(16, '0');
    await models.put('Session', id, { uid: id }, 60);
    await models.put('AuthorizationCode', id, {}, 60);
    await families.create(record(id));
  }
  const first = '0'.repeat(16);
  expect(await models.get('Session', first)).toBeUndefined();
  expect(await models.byUid('Session', first)).toBeUndefined();
  expect(await models.get('Session', (4_999).toString(16).padStart(16, '0'))).toBeDefined();
  expect(await models.get('AuthorizationCode', first)).toBeDefined();
  expect(await families.read(first)).toBeDefined();
});

test('of more families than memory is meant to hold the oldest are forgotten, and the others are as they were', async () => {
  const { families } = createMemoryStore(undefined, undefined, 3);
  const ids = Array.from({ length: 5 }, (_, at) => at.toString(16).padStart(16, '0'));
  for (const id of ids) expect(await families.create(record(id))).toBe(true);
  await families.replace({ ...record(ids[2]), version: 1, head: 7 });
  const heads = await Promise.all(ids.map(async (id) => (await families.read(id))?.head));
  expect(heads).toEqual([undefined, undefined, 7, 0, 0]);
  expect(await families.replace({ ...record(ids[0]), version: 1 })).toBe(false);
});
