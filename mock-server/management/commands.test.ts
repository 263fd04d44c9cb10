import { expect, test } from 'vitest';
import { stage } from '../fixtures/stage.ts';
import type { Mock } from '../mock.ts';
import { createCommandContext } from './command.ts';
import { COMMANDS } from './commands.ts';

function orders(mock: Mock) {
  const context = createCommandContext(mock, 'strict');
  return (path: string, body: unknown): unknown => COMMANDS.find((one) => one.path === path)?.act(context, body);
}

test('the clock, the secret and the network can be ordered about', async () => {
  const { login, call, refresh, mock } = await stage();
  const order = orders(mock);
  const one = await login();
  order('/advance', { ms: 7_200_000 });
  expect((await call(one.access_token)).status).toBe(401);
  expect((await refresh(one.refresh_token)).status).toBe(200);
  const two = await login();
  order('/rotate-secret', { secret: 'another' });
  expect((await refresh(two.refresh_token)).status).toBe(400);
  order('/refuse-connections', { on: true });
  await expect(refresh(two.refresh_token)).rejects.toThrow();
  order('/refuse-connections', { on: false });
  expect((await refresh(two.refresh_token)).status).toBe(400);
});

test.each([
  ['/advance', { ms: -1 }],
  ['/advance', { ms: 1.5 }],
  ['/rotate-secret', { secret: '' }],
  ['/refuse-connections', {}],
])('%s %j is refused', async (path, body) => {
  const { mock, of } = await stage();
  expect(() => orders(mock)(path, body)).toThrow();
  expect(of('control')).toEqual([]);
});
