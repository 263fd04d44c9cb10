import { expect, test } from 'vitest';
import { newFamily, withoutAccess } from './family.ts';

const family = (user: string, scope: string) =>
  newFamily(
    {
      ...{ id: '0'.repeat(16), label: 'F#1', clientId: 'c', refreshable: true },
      ...{ user, scopes: scope.split(' ').filter(Boolean) },
    },
    0,
  );

test('what families have in common is kept once', () => {
  const [one, other] = [family('U1', 'api refresh_token'), family('U1', 'api refresh_token')];
  expect(other.scopes).toBe(one.scopes);
  expect(other.deadAccess).toBe(withoutAccess(one).deadAccess);
  expect(family('U1', 'refresh_token api').scopes).toEqual(['refresh_token', 'api']);
});

test('however many words clients make up, each family has its own', () => {
  const all = Array.from({ length: 3_000 }, (_, at) => family(`U${String(at)}`, `api custom_${String(at)}`));
  for (const [at, { user, scopes }] of all.entries()) {
    expect(user).toBe(`U${String(at)}`);
    expect(scopes).toEqual(['api', `custom_${String(at)}`]);
  }
});
