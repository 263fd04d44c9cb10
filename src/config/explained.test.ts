import { expect, it } from 'vitest';
import { explainConfig } from './explained.ts';
import { resolveConfig } from './resolve.ts';

const place = {
  dir: '/etc/acme',
  cwd: '/home/ann',
  env: { ACME_SECRET: 'hush-hush', ACME_TOKEN: 'hush-hush-hush-hush' },
};
const explained = (input: Record<string, unknown>, ...rest: unknown[]) =>
  explainConfig(resolveConfig(input, place), input, rest as never);

it('is complete, and says where each value came from', () => {
  const override = { flag: '--seed', path: ['run', 'seed'] as const, value: 9 };
  const { config, from, dir } = explained(
    { app: { name: 'Acme' }, run: { seed: 7, workers: 2 }, driver: { type: 'adapter', command: ['x', 'y'] } },
    override,
  );
  expect(dir).toBe('/etc/acme');
  expect(config).toMatchObject({
    run: { seed: 9, workers: 2, quietMs: 300 },
    report: { dir: '/home/ann/reports/runs' },
  });
  expect(from).toMatchObject({
    'app.name': 'file',
    'app.client': 'default',
    'app.clientId': 'generated',
    'run.seed': 'flag --seed',
    'run.workers': 'file',
    'run.quietMs': 'default',
    'driver.command': 'file',
    'driver.cwd': 'default',
    baseline: 'default',
  });
  expect(from).not.toHaveProperty(['app.clientSecret']);
});

it('shows no secret, wherever it is', () => {
  const command = ['x', '--secret=hush-hush'];
  const env = { API_TOKEN: 'tok-1' };
  const request = { path: '/', headers: { authorization: 'Bearer tok-2' } };
  const app = { client: 'confidential', clientSecret: { env: 'ACME_SECRET' } };
  const adapter = explained({ app, driver: { type: 'adapter', command, env } });
  const http = explained({
    app,
    driver: { type: 'http', baseUrl: 'http://127.0.0.1:1', authorize: request, call: request },
  });
  expect(adapter.from).toMatchObject({ 'app.clientSecret': 'environment ACME_SECRET', 'driver.env.API_TOKEN': 'file' });
  expect(adapter.config).toMatchObject({
    app: { clientSecret: '(hidden)' },
    driver: { command: ['x', '--secret=(hidden)'], env: { API_TOKEN: '(hidden)' } },
  });
  expect(JSON.stringify([adapter, http])).not.toMatch(/hush|tok-/u);
  const steered = explained({ dashboard: { token: { env: 'ACME_TOKEN' } } });
  expect(steered.from['dashboard.token']).toBe('environment ACME_TOKEN');
  expect(steered.config).toMatchObject({ dashboard: { token: '(hidden)' } });
  const written = explained({ app: { client: 'confidential', clientSecret: 'plain-text' } });
  expect(written.from['app.clientSecret']).toBe('file');
  expect(JSON.stringify(written)).not.toContain('plain-text');
  expect(explained({ app: { client: 'confidential' } }).from['app.clientSecret']).toBe('generated');
});

it('names functions of a TypeScript configuration', () => {
  const driver = { type: 'browser', baseUrl: 'http://127.0.0.1:1', authorize: () => undefined, call: () => undefined };
  expect(explained({ driver }).config).toMatchObject({ driver: { call: '(function)' } });
});
