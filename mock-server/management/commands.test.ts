import { expect, test } from 'vitest';
import { stage } from '../fixtures/stage.ts';
import { createCommands } from './commands.ts';

test('the clock, the secret and the network can be ordered about', async () => {
  const { login, call, refresh, mock } = await stage();
  const { table } = createCommands(mock.control, 'strict');
  const one = await login();
  table.get('/advance')?.({ ms: 7_200_000 });
  expect((await call(one.access_token)).status).toBe(401);
  expect((await refresh(one.refresh_token)).status).toBe(200);
  const two = await login();
  table.get('/rotate-secret')?.({ secret: 'another' });
  expect((await refresh(two.refresh_token)).status).toBe(400);
  table.get('/refuse-connections')?.({ on: true });
  await expect(refresh(two.refresh_token)).rejects.toThrow();
  table.get('/refuse-connections')?.({ on: false });
  expect((await refresh(two.refresh_token)).status).toBe(400);
});

test.each([
  ['/advance', { ms: -1 }],
  ['/advance', { ms: 1.5 }],
  ['/rotate-secret', { secret: '' }],
  ['/refuse-connections', {}],
])('%s %j is refused', async (path, body) => {
  const { mock, of } = await stage();
  expect(() => createCommands(mock.control, 'strict').table.get(path)?.(body)).toThrow();
  expect(of('control')).toEqual([]);
});
