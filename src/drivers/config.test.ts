import { expect, test } from 'vitest';
import { adapterSchema, commandSchema, driverSchema, httpSchema } from './config.ts';

test('the examples of the contract are valid, and defaults are filled in', () => {
  expect(adapterSchema.parse({ type: 'adapter', command: ['python3', 'adapter.py'] })).toEqual({
    type: 'adapter',
    command: ['python3', 'adapter.py'],
    env: {},
    cwd: '.',
  });
  expect(commandSchema.parse({ type: 'command', authorize: ['a', 'login'], call: ['a', 'whoami'] }).cwd).toBe('.');
  const http = httpSchema.parse({
    type: 'http',
    baseUrl: 'http://127.0.0.1:3000',
    start: { command: ['node', 'app.js'], ready: '/healthz' },
    authorize: { method: 'GET', path: '/auth/salesforce' },
    call: { path: '/api/accounts' },
  });
  expect(http).toMatchObject({ reauthorizeOn: [401], call: { method: 'GET' }, start: { cwd: '.', env: {} } });
  expect(driverSchema.parse({ type: 'manual' })).toEqual({ type: 'manual' });
  const click = { goto: '/', click: 'text=Connect', waitFor: 'text=Connected' };
  const page = { type: 'browser', baseUrl: 'http://127.0.0.1:3000', authorize: click, call: async () => undefined };
  expect(driverSchema.parse(page)).toMatchObject({ tabs: 1, authorize: click });
});

test.each([
  [{ type: 'adapter', command: [] }, 'command'],
  [{ type: 'adapter', command: ['a'], colour: 1 }, ''],
  [{ type: 'command', authorize: ['a'] }, 'call'],
  [{ type: 'http', baseUrl: 'ftp://a', authorize: { path: '/' }, call: { path: '/' } }, 'baseUrl'],
  [{ type: 'http', baseUrl: 'http://a', authorize: { path: 'login' }, call: { path: '/' } }, 'authorize.path'],
  [{ type: 'browser', baseUrl: 'http://a', authorize: { goto: '/' }, call: 'click' }, 'call'],
  [{ type: 'pigeon' }, 'type'],
])('%j is refused at %s', (config, where) => {
  const { error } = driverSchema.safeParse(config);
  expect(error!.issues.map(({ path }) => path.join('.'))).toContain(where);
});
