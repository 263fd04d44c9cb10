import { expect, test } from 'vitest';
import { firstCallback, withoutState, withOtherState, withParameters } from './tampering.ts';

const CALLBACK = 'http://127.0.0.1:4711/callback?code=c&state=0123456789';

test('the state is changed at both ends and keeps its length', () => {
  const state = new URL(withOtherState(CALLBACK)).searchParams.get('state');
  expect(state).toBe('A12345678A');
  expect(new URL(withOtherState(CALLBACK.replace('0123456789', 'A1234567A'))).searchParams.get('state')).toBe(
    'B1234567B',
  );
});

test('a callback without a state, or with next to none, is given one that was never sent', () => {
  const given = (query: string): string | null =>
    new URL(withOtherState(`http://127.0.0.1/cb?${query}`)).searchParams.get('state');
  for (const query of ['code=c', 'code=c&state=', 'code=c&state=A']) {
    expect(given(query)).toBe('A-state-that-was-never-sent');
  }
  expect(given('code=c&state=xy')).toBe('AA');
});

test('parameters are added to those that are there', () => {
  const { searchParams } = new URL(withParameters(CALLBACK, { iss: 'https://issuer.example.com', more: 'a & b' }));
  expect(Object.fromEntries(searchParams)).toEqual({
    code: 'c',
    state: '0123456789',
    iss: 'https://issuer.example.com',
    more: 'a & b',
  });
});

test('the code stays as it is, whatever is changed', () => {
  for (const change of [withOtherState, withoutState, (url: string) => withParameters(url, { iss: 'x' })]) {
    expect(new URL(change(CALLBACK)).searchParams.get('code')).toBe('c');
  }
  expect(new URL(withoutState(CALLBACK)).searchParams.has('state')).toBe(false);
});

test('a redirect URI with a scheme of its own can be changed too', () => {
  expect(withoutState('com.example.app:/cb?code=c&state=s')).toBe('com.example.app:/cb?code=c');
});

test('only the first callback of a login is changed', async () => {
  const steps = firstCallback('state-removed', (url) => [withoutState(url)]);
  expect(await steps.onCallback?.(CALLBACK)).toEqual({ urls: [withoutState(CALLBACK)], tampered: 'state-removed' });
  expect(await steps.onCallback?.(CALLBACK)).toEqual({ urls: [CALLBACK] });
});
