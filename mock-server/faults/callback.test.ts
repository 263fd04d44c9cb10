import { expect, test } from 'vitest';
import { stage } from '../fixtures/stage.ts';

test.each([
  ['wrong-state', {}, 'not-the-state-of-this-login'],
  ['wrong-state', { state: 'x y' }, 'x y'],
  ['missing-state', {}, null],
])('%s %o: the code is good, the state is not', async (fault, settings, state) => {
  const { mock, authorize, redeem, of } = await stage();
  mock.control.inject({ fault, with: settings });
  const struck = await authorize();
  expect(struck.callback!.searchParams.get('state')).toBe(state);
  expect(of('response').at(-1)).toMatchObject({ fault, issued: { code: { label: 'CODE#1' } } });
  expect((await redeem(struck)).status).toBe(200);
  expect((await authorize()).callback!.searchParams.get('state')).toBe('state-1');
});

test('in the fragment, too', async () => {
  const { mock, browse, authorizeUrl } = await stage({ mode: 'salesforce' });
  mock.control.inject({ fault: 'missing-state' });
  const { url } = await browse(authorizeUrl({ response_type: 'token', state: 's' }));
  const fields = new URLSearchParams(url!.hash.slice(1));
  expect([fields.has('access_token'), fields.has('state')]).toEqual([true, false]);
});

test('missing-fields: by default what only Salesforce has', async () => {
  const { mock, authorize, redeem } = await stage();
  mock.control.inject({ fault: 'missing-fields' });
  const { status, body } = await redeem(await authorize());
  expect([status, Object.keys(body)]).toEqual([200, ['access_token', 'refresh_token', 'token_type']]);
});
